import { type Static, type TObject, Type } from 'typebox'

/**
 * The settings that every service has. A setting is an environment variable, or the content of the file
 * that `<name>_FILE` names; the schema is its documentation.
 */
export const commonSettings = {
  KAFKA_BROKERS: Type.String({
    default: '127.0.0.1:9092',
    pattern: '^[^,:\\s]+:\\d+(,[^,:\\s]+:\\d+)*$',
    description: 'Kafka brokers, host:port, separated by commas',
  }),
  KAFKA_TLS: Type.Boolean({ default: false, description: 'Whether the connections to Kafka are encrypted' }),
  KAFKA_TLS_CA: Type.Optional(
    Type.String({
      description:
        "Certificates (PEM) of who signs the brokers' certificates; if not set, the well-known ones",
    }),
  ),
  KAFKA_TLS_CERT: Type.Optional(
    Type.String({
      description: 'Certificate (PEM) by which the brokers know the service, if they ask for one',
    }),
  ),
  KAFKA_TLS_KEY: Type.Optional(
    Type.String({ description: 'Private key (PEM) of that certificate, without a passphrase' }),
  ),
  KAFKA_SASL_MECHANISM: Type.Optional(
    Type.Enum(['plain', 'scram-sha-256', 'scram-sha-512'], {
      description: 'How the service logs in to Kafka; if not set, it does not',
    }),
  ),
  KAFKA_SASL_USERNAME: Type.Optional(Type.String({ description: 'The user as which it logs in' })),
  KAFKA_SASL_PASSWORD: Type.Optional(Type.String({ description: "That user's password" })),
  MONGODB_URI: Type.String({
    default: 'mongodb://127.0.0.1:27017/?directConnection=true',
    pattern: '^mongodb(\\+srv)?://',
    description: 'MongoDB connection string; user, password, replica set and TLS are part of it',
  }),
  MONGODB_DATABASE: Type.String({
    default: 'daybook',
    pattern: '^[A-Za-z0-9_-]{1,63}$',
    description: 'The database in which the service keeps its collections',
  }),
  TOPIC_PREFIX: Type.String({
    default: '',
    pattern: '^[A-Za-z0-9._-]{0,100}$',
    description: 'Put before every topic and consumer group, so that several stacks can share a broker',
  }),
  TOPIC_REPLICATION_FACTOR: Type.Optional(
    Type.Integer({
      minimum: 1,
      description: "On how many brokers the topics it creates are kept; if not set, the brokers' default",
    }),
  ),
  TOPIC_MIN_INSYNC_REPLICAS: Type.Optional(
    Type.Integer({
      minimum: 1,
      description:
        "How many of them must have a record before it counts as written; if not set, the brokers' default",
    }),
  ),
  HOST: Type.String({ default: '127.0.0.1', minLength: 1, description: 'The address to listen on' }),
  LOG_LEVEL: Type.Enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    default: 'info',
    description: "Least level of the service's own log lines (JSON, on standard output)",
  }),
  AUTH_SECRET: Type.Optional(
    Type.String({ minLength: 32, description: 'Secret of HS256 tokens, 32 characters or more' }),
  ),
  AUTH_JWKS_URL: Type.Optional(
    Type.String({ format: 'uri', description: "URL of the token issuer's public keys (JWKS)" }),
  ),
  AUTH_ISSUER: Type.Optional(
    Type.String({ minLength: 1, description: 'The `iss` that a token must carry, if set' }),
  ),
  AUTH_AUDIENCE: Type.Optional(
    Type.String({ minLength: 1, description: 'The `aud` that a token must carry, if set' }),
  ),
  AUTH_CLOCK_TOLERANCE_SECONDS: Type.Integer({
    default: 5,
    minimum: 0,
    maximum: 300,
    description:
      "By how many seconds the clock of the token issuer may differ from ours, at a token's `nbf` and `exp`",
  }),
  DEFAULT_TIME_ZONE: Type.String({
    default: 'UTC',
    format: 'time-zone',
    description: 'Time zone of users whose token names none, an IANA name',
  }),
}

export type CommonSettings = Static<TObject<typeof commonSettings>>
