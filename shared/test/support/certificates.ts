import { generateKeyPairSync, randomBytes } from 'node:crypto'
import forge from 'node-forge'

/** A certificate and its private key, both PEM. */
export interface Certificate {
  name: string
  cert: string
  key: string
}

const DAY_MS = 86_400_000
/** Of a name in a certificate: an IP address, as RFC 5280 numbers them. */
const IP_ADDRESS = 7

/**
 * Makes an X.509 certificate for 127.0.0.1 that is good today.
 * @param issuer who signs it; without one it is an authority, which signs itself
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
