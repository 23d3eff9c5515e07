import { loadConfig, portSetting } from '@daybook/shared/config/load-config'
import { canonicalTimeZone, timeZones } from '@daybook/shared/time/days'
import { Type } from 'typebox'

/** The scheduler's own settings. */
export const settings = {
  PORT: portSetting(3003),
  TIME_ZONES: Type.Optional(
    Type.String({
      description:
        'The time zones whose days end: IANA names separated by commas. If not set, every time zone',
    }),
  ),
  SCHEDULE_MIN_INTERVAL_SECONDS: Type.Integer({
    default: 1,
    minimum: 1,
    description:
      "The shortest allowed time between two slots of an operator's schedule, and between two firings by hand",
  }),
  // The default equals the retention of daybook.clock, so that the audit shows for each record of the topic who scheduled it.
  SCHEDULE_RETENTION_DAYS: Type.Integer({
    default: 365,
    minimum: 1,
    maximum: 36_500,
    description:
      'How many days a schedule keeps its definition and its audit after it was deleted or fired its last slot. Then only its name, version and last slot stay',
  }),
  DAY_CLOSE_DEADLINE_SECONDS: Type.Integer({
    default: 300,
    minimum: 1,
    description:
      'How many seconds after the end of a day its EndOfDay event must be published. If it is not, an alarm is raised',
  }),
}

/**
 * Reads the scheduler's settings.
 * @returns the settings, and `timeZones`: the current names of the listed time zones, or of all
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, whose message names every wrong setting and the reason
 */
export function readConfig(env: Record<string, string | undefined>) {
  const config = loadConfig(settings, env, ({ TIME_ZONES, DEFAULT_TIME_ZONE }) =>
    timeZoneProblems(TIME_ZONES, DEFAULT_TIME_ZONE),
  )
  const list = config.TIME_ZONES
  return { ...config, timeZones: list === undefined ? timeZones : canonical(names(list)) }
}

/** Requires the default time zone in the list: it applies to users whose token names no zone, and their days must end. */
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
