import { createPrivateKey, X509Certificate } from 'node:crypto'
import { mongoUriProblem } from '../mongo/mongo-uri.ts'
import type { CommonSettings } from './common-settings.ts'

type Name = keyof CommonSettings
type Settings = Partial<CommonSettings>
type Given = ReadonlySet<string>

const login: Name[] = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']
const clientCertificate: Name[] = ['KAFKA_TLS_CERT', 'KAFKA_TLS_KEY']
const onlyWithTls: Name[] = ['KAFKA_TLS_CA', ...clientCertificate]

/**
 * Finds the problems that a schema cannot find: contradictions between settings, unreadable certificates and keys, and wrong
 * addresses.
 * @param given the names that are set, also those with a wrong value
 * @returns the problems, as `<names>: <what to do>`
 */
export function commonProblems(settings: Settings, given: Given): string[] {
  const oneKey = given.has('AUTH_SECRET') !== given.has('AUTH_JWKS_URL')
  const unused = settings.KAFKA_TLS === true ? [] : onlyWithTls.filter(name => given.has(name))
  return [
    ...(oneKey ? [] : ['AUTH_SECRET, AUTH_JWKS_URL: set exactly one of the two']),
    ...allOrNone(login, given),
    ...allOrNone(clientCertificate, given),
    ...unused.map(
      name => `${name}: has an effect only with KAFKA_TLS=true: set KAFKA_TLS, or remove ${name}`,
    ),
    ...pemProblems(settings),
    ...replicationProblems(settings),
    ...addressProblems(settings),
  ]
}

function allOrNone(names: Name[], given: Given): string[] {
  const missing = names.filter(name => !given.has(name))
  const there = names.filter(name => given.has(name))
  if (missing.length === 0 || there.length === 0) return []
  return [`${missing.join(', ')}: must be set together with ${there.join(', ')}`]
}

function pemProblems({ KAFKA_TLS_CA: ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key }: Settings): string[] {
  const [authority, certificate] = [ca, cert].map(text => text && parsed(() => new X509Certificate(text)))
  const privateKey = key && parsed(() => createPrivateKey(key))
  const mismatch = certificate && privateKey && !certificate.checkPrivateKey(privateKey)
  return [
    ...(ca && !authority ? ['KAFKA_TLS_CA: must be a certificate in PEM'] : []),
    ...(cert && !certificate ? ['KAFKA_TLS_CERT: must be a certificate in PEM'] : []),
    ...(key && !privateKey ? ['KAFKA_TLS_KEY: must be a private key in PEM, without a passphrase'] : []),
    ...(mismatch
      ? ['KAFKA_TLS_CERT, KAFKA_TLS_KEY: the key must be the private key of the certificate']
      : []),
  ]
}

/** The result of a parser of node:crypto, or undefined when it refuses the text. */
function parsed<T>(parse: () => T): T | undefined {
  try {
    return parse()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error
    return undefined
  }
}

function replicationProblems(settings: Settings): string[] {
  const { TOPIC_REPLICATION_FACTOR: factor, TOPIC_MIN_INSYNC_REPLICAS: inSync } = settings
  const tooMany = factor !== undefined && inSync !== undefined && inSync > factor
  return tooMany ? ['TOPIC_MIN_INSYNC_REPLICAS: must not be more than TOPIC_REPLICATION_FACTOR'] : []
}

const isPort = (number: number) => number >= 1 && number <= 65535

/** Finds the problems of addresses whose form is right. The schema reports addresses of another form. */
function addressProblems(settings: Settings): string[] {
  const { MONGODB_URI: uri = '', KAFKA_BROKERS: brokers = '', AUTH_JWKS_URL: jwks = '' } = settings
  const mongo = /^mongodb(\+srv)?:\/\//.test(uri) ? mongoUriProblem(uri) : undefined
  const noPort = brokers.split(',').find(broker => !isPort(Number(/:(\d+)$/.exec(broker)?.[1] ?? 1)))
  const otherScheme = URL.canParse(jwks) && !/^https?:$/.test(new URL(jwks).protocol)
  return [
    ...(mongo === undefined ? [] : [`MONGODB_URI: ${mongo}`]),
    ...(noPort === undefined ? [] : [`KAFKA_BROKERS: ${noPort} must have a port from 1 to 65535`]),
    ...(otherScheme ? ['AUTH_JWKS_URL: must begin with https:// or http://'] : []),
  ]
}
