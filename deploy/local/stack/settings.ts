import { userInfo } from 'node:os'
import { join, resolve } from 'node:path'
import { readSettingTexts } from '@daybook/shared/config/setting-texts'
import { canonicalTimeZone, currentTimeZone } from '@daybook/shared/time/days'
import { ROOT } from '../paths.ts'
import { LOCALHOST } from '../processes/ports.ts'
import { SetupError } from '../processes/setup-error.ts'

export const serviceNames = ['tasks', 'reporting', 'scheduler', 'gateway'] as const
export type ServiceName = (typeof serviceNames)[number]

/** The settings of the local stack. */
export type LocalSettings = {
  /** The folder of the stack's data, output and secret. */
  dir: string
  /** The folder of the users' log files. */
  logDir: string
  ports: Record<ServiceName | 'kafka' | 'mongodb', number>
  /**
   * The time zone of users whose tokens name no time zone. A DEFAULT_TIME_ZONE that is not a time zone is kept as it is,
   * for the services to refuse.
   */
  timeZone: string
  /** The environment, from which the services read all other settings. */
  env: NodeJS.ProcessEnv
}

const PORTS = ['GATEWAY_PORT', 'TASKS_PORT', 'REPORTING_PORT', 'SCHEDULER_PORT', 'KAFKA_PORT', 'MONGODB_PORT']
const SERVERS = ['KAFKA_BROKERS', 'MONGODB_URI', 'HOST', 'PORT']
const TOKENS = ['AUTH_SECRET', 'AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE']
/**
 * The settings that the stack reads or sets for the services. Only the services read the other settings, from variables
 * or files.
 */
const STACK_SETTINGS = [...PORTS, ...SERVERS, ...TOKENS, 'DEFAULT_TIME_ZONE', 'LOG_DIR', 'DAYBOOK_DIR']

/**
 * Reads the settings of the local stack from the environment. An empty variable counts as unset; `<name>_FILE` names a
 * file that contains the setting.
 * @throws SetupError for an invalid port, for two equal ports, and for a file that cannot be read
 */
export function readSettings(environment: NodeJS.ProcessEnv): LocalSettings {
  const env = withTextsOfFiles(environment)
  const dir = env.DAYBOOK_DIR ? resolve(env.DAYBOOK_DIR) : join(ROOT, '.daybook')
  const ports = {
    gateway: port(env, 'GATEWAY_PORT', 3000),
    tasks: port(env, 'TASKS_PORT', 3001),
    reporting: port(env, 'REPORTING_PORT', 3002),
    scheduler: port(env, 'SCHEDULER_PORT', 3003),
    kafka: port(env, 'KAFKA_PORT', 9092),
    mongodb: port(env, 'MONGODB_PORT', 27017),
  }
  refuseSharedPorts(ports)
  const logDir = env.LOG_DIR ? resolve(env.LOG_DIR) : join(dir, 'logs')
  const timeZone = env.DEFAULT_TIME_ZONE ? currentTimeZone(env.DEFAULT_TIME_ZONE) : zoneOfMachine(env)
  return { dir, logDir, ports, timeZone, env }
}

/** Returns the time zone of this machine, or UTC when the IANA database does not have it. */
function zoneOfMachine({ TZ = '' }: NodeJS.ProcessEnv): string {
  // Intl reads an abbreviation in TZ as a place (BST as Asia/Dhaka). The C library reads it as a name for UTC.
  if (/^[a-z]+$/i.test(TZ) && canonicalTimeZone(TZ) === undefined) return 'UTC'
  return canonicalTimeZone(Intl.DateTimeFormat().resolvedOptions().timeZone) ?? 'UTC'
}

function withTextsOfFiles(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { texts, problems } = readSettingTexts(STACK_SETTINGS, env)
  if (problems.length > 0) throw new SetupError(['Settings are wrong:', ...problems].join('\n  '))
  const others = Object.entries(env).filter(([name]) => !STACK_SETTINGS.includes(name.replace(/_FILE$/, '')))
  return { ...Object.fromEntries(others), ...texts }
}

function refuseSharedPorts(ports: LocalSettings['ports']): void {
  const byPort = Map.groupBy(Object.entries(ports), ([, number]) => number)
  for (const [number, [one, other]] of byPort) {
    if (number === 0 || one === undefined || other === undefined) continue
    const [first, second] = [one, other].map(([name]) => `${name.toUpperCase()}_PORT`)
    throw new SetupError(`${first} and ${second} are both ${number}: set one of them to another port`)
  }
}

/** Returns the base URL of a service. */
export const urlOf = (port: number): string => `http://${LOCALHOST}:${port}`

/** Returns the name of the user who runs this process, or `me` when the system does not know the user. */
export function osUser(): string {
  try {
    return userInfo().username || 'me'
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SYSTEM_ERROR') return 'me'
    throw error
  }
}

function port(env: NodeJS.ProcessEnv, name: string, standard: number): number {
  const text = env[name]
  if (!text) return standard
  const value = Number(text)
  if (Number.isInteger(value) && value >= 0 && value <= 65535) return value
  throw new SetupError(
    `${name}: "${text}" is not a port: set it to a number from 1 to 65535, or to 0 for a free port`,
  )
}
