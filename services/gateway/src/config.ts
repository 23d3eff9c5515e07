import { join, resolve } from 'node:path'
import { loadConfig, portSetting } from '@daybook/shared/config/load-config'
import { version } from '@daybook/shared/process/version'
import { Type } from 'typebox'

// Without the characters that end a source in a Content-Security-Policy.
const ORIGIN = 'https?://[^/?#@,;*\'"\\s]+'

const address = (port: number, service: string) =>
  Type.String({
    default: `http://127.0.0.1:${port}`,
    pattern: '^https?://[^/?#@\\s]+/?$',
    description: `The address of the ${service} service`,
  })

/** The settings of the gateway, in addition to the common settings. */
export const settings = {
  PORT: portSetting(3000),
  TASKS_URL: address(3001, 'tasks'),
  REPORTING_URL: address(3002, 'reporting'),
  SCHEDULER_URL: address(3003, 'scheduler'),
  FORWARD_PORTS: Type.Boolean({
    default: false,
    description:
      'Whether the gateway also listens on the ports of these addresses and forwards connections to the services as they are, each to one of the machines behind the name',
  }),
  CONSOLE_DIR: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'The folder of the built console; if not set, `services/console/dist`',
    }),
  ),
  OIDC_CLIENT_ID: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'The client id of the console at the OpenID Connect issuer, which AUTH_ISSUER names by its URL; if not set, people sign in with a link or a token',
    }),
  ),
  OIDC_SCOPE: Type.String({
    default: 'openid',
    minLength: 1,
    description:
      'What the console asks the issuer for, separated by spaces. With `offline_access` most issuers give a refresh token, and the console renews the session by itself',
  }),
  OIDC_ORIGINS: Type.Optional(
    Type.String({
      pattern: `^${ORIGIN}(,${ORIGIN})*$`,
      description:
        'The origins to which the console may send requests besides that of the issuer, separated by commas, as in `https://token.example.org`: for an issuer whose endpoints are elsewhere',
    }),
  ),
  EVENTS_MEMORY_MB: Type.Integer({
    default: 32,
    minimum: 1,
    maximum: 4096,
    description:
      'Megabytes of recent events in memory. Clients of /events that come back get what they missed of these events, and of the last 15 minutes at most',
  }),
}

type Config = ReturnType<typeof readConfig>

/**
 * Reads the settings of the gateway from the environment.
 * @throws DaybookError DAYBOOK_CONFIG_INVALID
 */
export const readConfig = (env: Record<string, string | undefined>) =>
  loadConfig(settings, env, ({ OIDC_CLIENT_ID: client, AUTH_ISSUER: issuer, AUTH_JWKS_URL: keys }) => {
    if (client === undefined) return []
    const isUrl = /^https?:\/\//.test(issuer ?? '') && URL.canParse(issuer ?? '')
    return isUrl && keys !== undefined
      ? []
      : ['OIDC_CLIENT_ID: needs AUTH_ISSUER, the URL of the issuer, and AUTH_JWKS_URL, its keys']
  })

/** The origin of each service, from the settings. */
export const addressesFrom = (config: Pick<Config, 'TASKS_URL' | 'REPORTING_URL' | 'SCHEDULER_URL'>) => ({
  tasks: new URL(config.TASKS_URL).origin,
  reporting: new URL(config.REPORTING_URL).origin,
  scheduler: new URL(config.SCHEDULER_URL).origin,
})

const NEXT_TO_GATEWAY = join(import.meta.dirname, '..', '..', 'console', 'dist')

/** The console, from the settings. */
export const consoleFrom = ({
  CONSOLE_DIR,
  AUTH_ISSUER,
  DEFAULT_TIME_ZONE,
  OIDC_CLIENT_ID,
  OIDC_SCOPE,
  OIDC_ORIGINS,
}: Config) => ({
  dir: resolve(CONSOLE_DIR ?? NEXT_TO_GATEWAY),
  oidc:
    AUTH_ISSUER === undefined || OIDC_CLIENT_ID === undefined
      ? null
      : { issuer: AUTH_ISSUER, clientId: OIDC_CLIENT_ID, scope: OIDC_SCOPE },
  origins: OIDC_ORIGINS?.split(',') ?? [],
  timeZone: DEFAULT_TIME_ZONE,
  version,
})
