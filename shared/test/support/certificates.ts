import { generateKeyPairSync, randomBytes } from 'node:crypto'
import forge from 'node-forge'

/** A certificate and its private key, both PEM. */
export interface Certificate {
  name: string
  cert: string
  key: string
}

const DAY_MS = 86_400_000
/** The number in RFC 5280 for an IP address as an alternative name. */
const IP_ADDRESS = 7

/**
 * Makes an X.509 certificate for 127.0.0.1 that is valid today.
 * @param issuer the authority that signs it; without an issuer, the certificate is an authority that signs itself
 */
export function makeCertificate(name: string, issuer?: Certificate): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const certificate = forge.pki.createCertificate()
  certificate.serialNumber = `01${randomBytes(8).toString('hex')}`
  certificate.validity.notBefore = new Date(Date.now() - DAY_MS)
  certificate.validity.notAfter = new Date(Date.now() + DAY_MS)
  certificate.publicKey = forge.pki.publicKeyFromPem(publicKey)
  certificate.setSubject([{ name: 'commonName', value: name }])
  certificate.setIssuer([{ name: 'commonName', value: issuer?.name ?? name }])
  const isThisMachine = { name: 'subjectAltName', altNames: [{ type: IP_ADDRESS, ip: '127.0.0.1' }] }
  const isAuthority = { name: 'basicConstraints', cA: true, critical: true }
  certificate.setExtensions([issuer ? isThisMachine : isAuthority])
  certificate.sign(forge.pki.privateKeyFromPem(issuer?.key ?? privateKey), forge.md.sha256.create())
  return { name, cert: forge.pki.certificateToPem(certificate), key: privateKey }
}
