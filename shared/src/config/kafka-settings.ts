import { type Static, type TObject, Type } from 'typebox'

/** The settings of the connection to Kafka. Services and workers share them. */
export const kafkaSettings = {
  KAFKA_BROKERS: Type.String({
    default: '127.0.0.1:9092',
    pattern: '^[^,:\\s]+:\\d+(,[^,:\\s]+:\\d+)*$',
    description: 'Kafka brokers, host:port, separated by commas',
  }),
  KAFKA_TLS: Type.Boolean({ default: false, description: 'Whether the connections to Kafka are encrypted' }),
  KAFKA_TLS_CA: Type.Optional(
    Type.String({
      description:
        "Certificates (PEM) of the authorities that sign the brokers' certificates; if not set, the authorities that Node trusts",
    }),
  ),
  KAFKA_TLS_CERT: Type.Optional(
    Type.String({
      description: 'Client certificate (PEM) of the service, for brokers that ask for one',
    }),
  ),
  KAFKA_TLS_KEY: Type.Optional(
    Type.String({ description: 'Private key (PEM) of KAFKA_TLS_CERT, without a passphrase' }),
  ),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['plain', 'scram-sha-256', 'scram-sha-512'], {
      description: 'How the service logs in to Kafka; if not set, it does not log in',
    }),
  ),
  KAFKA_SASL_USERNAME: Type.Optional(Type.String({ description: 'User for the login to Kafka' })),
  KAFKA_SASL_PASSWORD: Type.Optional(Type.String({ description: 'Password for the login to Kafka' })),
  TOPIC_PREFIX: Type.String({
    default: '',
    pattern: '^[A-Za-z0-9._-]{0,100}$',
    description: 'Prefix of all topics and consumer groups, so that several stacks can share a broker',
  }),
}

export type KafkaSettings = Static<TObject<typeof kafkaSettings>>

/** The setting of the log of services and workers. */
export const LOG_LEVEL = Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  default: 'info',
  description: 'The lowest level of log lines that the service writes (JSON, on standard output)',
})

/** Converts the settings of the connection to the options of the Kafka port. */
export function kafkaConnection(settings: KafkaSettings) {
  const { KAFKA_TLS_CA: ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key } = settings
  const {
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_SASL_USERNAME: username,
    KAFKA_SASL_PASSWORD: password,
  } = settings
  return {
    brokers: settings.KAFKA_BROKERS.split(','),
    prefix: settings.TOPIC_PREFIX,
    tls: settings.KAFKA_TLS ? { ca, cert, key } : undefined,
    sasl: mechanism && username && password ? { mechanism, username, password } : undefined,
  }
}
