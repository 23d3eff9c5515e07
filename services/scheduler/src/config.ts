import { loadConfig, portSetting } from '@daybook/shared/config/load-config'
import { canonicalTimeZone, timeZones } from '@daybook/shared/time/days'
import { Type } from 'typebox'

/** The scheduler's own settings. */
export const settings = {
  PORT: portSetting(3003),
  TIME_ZONES: Type.Optional(
    Type.String({
      description: 'Time zones whose days end, IANA names separated by commas; if not set, every time zone',
    }),
  ),
  SCHEDULE_MIN_INTERVAL_SECONDS: Type.Integer({
    default: 1,
    minimum: 1,
    description:
      "The least time between two slots of an operator's schedule, and between two firings by hand",
  }),
  // As long as daybook.clock keeps what a schedule fired, so that each of its records can be traced to who scheduled it.
  SCHEDULE_RETENTION_DAYS: Type.Integer({
    default: 365,
    minimum: 1,
    maximum: 36_500,
    description:
      'How many days a schedule that was deleted, or has no slot left, keeps its definition and its audit; then only its name, version and last slot stay',
  }),
  DAY_CLOSE_DEADLINE_SECONDS: Type.Integer({
    default: 300,
    minimum: 1,
    description: 'How long after the end of a day its EndOfDay must be published, or an alarm is raised',
  }),
}

/**
 * Reads the scheduler's settings.
 * @returns the settings, and `timeZones`: those listed, or all, by their current names
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, its message naming every setting that is wrong and why
 */
export function readConfig(env: Record<string, string | undefined>) {
  const config = loadConfig(settings, env, ({ TIME_ZONES, DEFAULT_TIME_ZONE }) =>
    timeZoneProblems(TIME_ZONES, DEFAULT_TIME_ZONE),
  )
  const list = config.TIME_ZONES
  return { ...config, timeZones: list === undefined ? timeZones : canonical(names(list)) }
}

/** The default zone must be listed: the days of users whose token names none would never end. */
function timeZoneProblems(list: string | undefined, defaultTimeZone = ''): string[] {
  if (list === undefined) return []
  const unknown = names(list).filter(name => canonicalTimeZone(name) === undefined)
  const fallback = canonicalTimeZone(defaultTimeZone)
  const unlisted = fallback !== undefined && !canonical(names(list)).includes(fallback)
  return [
    ...unknown.map(name => `TIME_ZONES: "${name}" is not a time zone`),
    ...(unlisted ? [`TIME_ZONES: must list DEFAULT_TIME_ZONE, ${fallback}`] : []),
  ]
}

const names = (list: string) => list.split(',').map(name => name.trim())

const canonical = (list: string[]) => [...new Set(list.flatMap(name => canonicalTimeZone(name) ?? []))]
