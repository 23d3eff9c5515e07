import { type Static, type TObject, type TProperties, Type } from 'typebox'
import { DaybookError } from './errors.ts'
import { explain } from './explain.ts'
import { makeAjv } from './validation.ts'

/** The settings that every service has. A setting is an environment variable; the schema is its documentation. */
const commonSettings = {
  KAFKA_BROKERS: Type.String({
    default: '127.0.0.1:9092',
    pattern: '^[^,:\\s]+:\\d+(,[^,:\\s]+:\\d+)*$',
    description: 'Kafka brokers, host:port, separated by commas',
  }),
  MONGODB_URI: Type.String({
    default: 'mongodb://127.0.0.1:27017/?directConnection=true',
    pattern: '^mongodb(\\+srv)?://',
    description: 'MongoDB connection string',
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
  DEFAULT_TIME_ZONE: Type.String({
    default: 'UTC',
    format: 'time-zone',
    description: 'Time zone of users whose token names none',
  }),
}

/** A setting for the port a service listens on; 0 takes a free one. */
export const portSetting = (port: number) =>
  Type.Integer({ default: port, minimum: 0, maximum: 65535, description: 'The port to listen on' })

type Settings<T extends TProperties> = Static<TObject<typeof commonSettings & T>>

/**
 * Reads settings from the environment, all problems reported together.
 * @param own the service's own settings, one schema for each environment variable, beside the common ones
 * @param env the environment; an empty variable counts as not set
 * @param relations names what is wrong between settings, each of which may be wrong by itself
 * @returns the settings, frozen, defaults filled in
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, its message naming every setting that is wrong and why
 */
export function loadConfig<T extends TProperties>(
  own: T,
  env: Record<string, string | undefined>,
  relations: (settings: Partial<Settings<T>>) => string[] = () => [],
) {
  const schema = Type.Object({ ...commonSettings, ...own })
  const settings: Record<string, unknown> = {}
  for (const name of Object.keys(schema.properties)) if (env[name]) settings[name] = env[name]
  const validate = makeAjv({ coerceTypes: true, useDefaults: true }).compile(schema)
  const problems = validate(settings)
    ? []
    : (validate.errors ?? []).map(error => `${error.instancePath.slice(1)}: ${explain(error)}`)
  if ((settings.AUTH_SECRET === undefined) === (settings.AUTH_JWKS_URL === undefined)) {
    problems.push('AUTH_SECRET, AUTH_JWKS_URL: set exactly one of the two')
  }
  problems.push(...relations(settings as Partial<Settings<T>>))
  if (problems.length > 0) {
    throw new DaybookError('DAYBOOK_CONFIG_INVALID', `Settings are wrong:\n  ${problems.join('\n  ')}`)
  }
  return Object.freeze(settings as Settings<T>)
}
