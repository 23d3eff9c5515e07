import { type Static, type TObject, Type } from 'typebox'
import { kafkaSettings, LOG_LEVEL } from './kafka-settings.ts'

/**
 * The settings that all services share. A setting is an environment variable, or the content of the file that
 * `<name>_FILE` names. The descriptions appear in the documentation.
 */
export const commonSettings = {
  ...kafkaSettings,
  MONGODB_URI: Type.String({
    default: 'mongodb://127.0.0.1:27017/?directConnection=true',
    pattern: '^mongodb(\\+srv)?://',
    description:
      'MongoDB connection string, with user, password, replica set and TLS options where they are needed',
  }),
  MONGODB_DATABASE: Type.String({
    default: 'daybook',
    pattern: '^[A-Za-z0-9_-]{1,63}$',
    description: 'The database of all collections',
  }),
  TOPIC_REPLICATION_FACTOR: Type.Optional(
    Type.Integer({
      minimum: 1,
      description:
        "Number of brokers that store each topic that Daybook creates; if not set, the brokers' default",
    }),
  ),
  TOPIC_MIN_INSYNC_REPLICAS: Type.Optional(
    Type.Integer({
      minimum: 1,
      description:
        "Number of brokers that must have a record before it counts as written; if not set, the brokers' default",
    }),
  ),
  CONSUMER_STALL_SECONDS: Type.Integer({
    default: 1200,
    minimum: 1,
    maximum: 86_400,
    description:
      'Seconds for which a consumer with messages to handle may stand still in a partition before the process ends itself. Longer than a transaction may stay open in Kafka, 15 minutes by default',
  }),
  HOST: Type.String({ default: '127.0.0.1', minLength: 1, description: 'The address to listen on' }),
  LOG_LEVEL,
  AUTH_SECRET: Type.Optional(
    Type.String({ minLength: 32, description: 'Secret that signs HS256 tokens, 32 characters or more' }),
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
      "Seconds by which the token issuer's clock may differ from Daybook's when `nbf` and `exp` of a token are checked",
  }),
  CORS_ORIGINS: Type.Optional(
    Type.String({
      pattern: '^(\\*|https?://[^\\s,/]+(,https?://[^\\s,/]+)*)$',
      description:
        'Origins whose web pages may call the services, separated by commas, or `*`; if not set, none but their own',
    }),
  ),
  RATE_LIMIT_PER_SECOND: Type.Integer({
    default: 1000,
    minimum: 0,
    maximum: 1_000_000,
    description:
      'Requests a second that each user may send to each process in the long run; 0: no limit. Tokens with the scope `admin`, `jobs` or `worker` have no limit',
  }),
  RATE_LIMIT_BURST: Type.Integer({
    default: 10_000,
    minimum: 1,
    maximum: 10_000_000,
    description: 'Requests that each user may send at once after a pause',
  }),
  DEFAULT_TIME_ZONE: Type.String({
    default: 'UTC',
    format: 'time-zone',
    description: 'Time zone (IANA name) of users whose token names no time zone',
  }),
}

export type CommonSettings = Static<TObject<typeof commonSettings>>
