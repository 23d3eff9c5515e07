import type { KafkaSettings } from './kafka-settings.ts'
import { readCertificate, readPrivateKey } from './pem.ts'

type Name = keyof KafkaSettings
type Settings = Partial<KafkaSettings>
type Given = ReadonlySet<string>

const login: Name[] = ['KAFKA_SASL_MECHANISM', 'KAFKA_SASL_USERNAME', 'KAFKA_SASL_PASSWORD']
const clientCertificate: Name[] = ['KAFKA_TLS_CERT', 'KAFKA_TLS_KEY']
const onlyWithTls: Name[] = ['KAFKA_TLS_CA', ...clientCertificate]

/**
 * Finds the problems of the settings of the connection to Kafka that a schema cannot find: contradictions, unreadable
 * certificates and keys, and wrong ports.
 * @param given the names that are set, also those with a wrong value
 * @returns the problems, as `<names>: <what to do>`
 */
export function kafkaProblems(settings: Settings, given: Given): string[] {
  const unused = settings.KAFKA_TLS === true ? [] : onlyWithTls.filter(name => given.has(name))
  return [
    ...allOrNone(login, given),
    ...allOrNone(clientCertificate, given),
    ...unused.map(
      name => `${name}: has an effect only with KAFKA_TLS=true: set KAFKA_TLS, or remove ${name}`,
    ),
    ...pemProblems(settings),
    ...portProblems(settings),
  ]
}

function allOrNone(names: Name[], given: Given): string[] {
  const missing = names.filter(name => !given.has(name))
  const there = names.filter(name => given.has(name))
  if (missing.length === 0 || there.length === 0) return []
  return [`${missing.join(', ')}: must be set together with ${there.join(', ')}`]
}

function pemProblems({ KAFKA_TLS_CA: ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key }: Settings): string[] {
  const [authority, certificate] = [ca, cert].map(text => text && readCertificate(text))
  const privateKey = key && readPrivateKey(key)
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

const isPort = (number: number) => number >= 1 && number <= 65535

function portProblems({ KAFKA_BROKERS: brokers = '' }: Settings): string[] {
  const noPort = brokers.split(',').find(broker => !isPort(Number(/:(\d+)$/.exec(broker)?.[1] ?? 1)))
  return noPort === undefined ? [] : [`KAFKA_BROKERS: ${noPort} must have a port from 1 to 65535`]
}
