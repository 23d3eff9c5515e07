import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** A certificate and its private key, both PEM. */
export interface Certificate {
  name: string
  cert: string
  key: string
}

const DAY_MS = 86_400_000

// DER, as much of it as a certificate needs: a tag, the length of the content, the content.
function der(tag: number, ...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts)
  const { length } = content
  const more = length < 128 ? [] : length < 256 ? [0x81] : [0x82, length >> 8]
  return Buffer.concat([Buffer.from([tag, ...more, length & 255]), content])
}

const hex = (bytes: string) => Buffer.from(bytes, 'hex')
const sequence = (...parts: Buffer[]) => der(0x30, ...parts)
const octets = (...parts: Buffer[]) => der(0x04, ...parts)
const integer = (bytes: Buffer) => der(0x02, bytes)
const commonName = (name: string) =>
  sequence(der(0x31, sequence(hex('0603550403'), der(0x0c, Buffer.from(name)))))

function instant(ms: number): Buffer {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(0, 14)
  return der(0x18, Buffer.from(`${digits}Z`))
}

const YES = hex('0101ff')
const version3 = der(0xa0, integer(hex('02')))
const ecdsaWithSha256 = sequence(hex('06082a8648ce3d040302'))
/** basicConstraints: may sign others. */
const isAuthority = sequence(hex('0603551d13'), YES, octets(sequence(YES)))
/** subjectAltName: 127.0.0.1. */
const isThisMachine = sequence(hex('0603551d11'), octets(sequence(hex('87047f000001'))))

/**
 * Makes an X.509 certificate for 127.0.0.1 that is good today.
 * @param issuer who signs it; without one it is an authority, which signs itself
 */
export function makeCertificate(name: string, issuer?: Certificate): Certificate {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const key = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const content = sequence(
    version3,
    integer(Buffer.concat([hex('01'), randomBytes(8)])),
    ecdsaWithSha256,
    commonName(issuer?.name ?? name),
    sequence(instant(Date.now() - DAY_MS), instant(Date.now() + DAY_MS)),
    commonName(name),
    pair.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(issuer ? isThisMachine : isAuthority)),
  )
  const signature = sign('sha256', content, issuer?.key ?? key)
  const base64 = sequence(content, ecdsaWithSha256, der(0x03, hex('00'), signature)).toString('base64')
  const lines = base64.replace(/.{1,64}/g, '$&\n')
  return { name, cert: `-----BEGIN CERTIFICATE-----\n${lines}-----END CERTIFICATE-----\n`, key }
}
