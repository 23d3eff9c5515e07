import { loadConfig, portSetting } from '@daybook/shared/config/load-config'
import { canonicalTimeZone, timeZones } from '@daybook/shared/time/days'
import { Type } from 'typebox'
import { mailProblems, mailSettings, names } from './mail-config.ts'

const retention = (days: number, what: string) =>
  Type.Integer({
    default: days,
    minimum: 1,
    maximum: 36_500,
    description: `How many days ${what} is kept after it ended`,
  })

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
  JOB_RETENTION_SUCCEEDED_DAYS: retention(3, 'a job that succeeded'),
  JOB_RETENTION_FAILED_DAYS: retention(30, 'a job that failed, and a group'),
  JOB_RETENTION_CANCELLED_DAYS: retention(7, 'a job that was cancelled'),
  JOB_RETENTION_EXPIRED_DAYS: retention(7, 'a job that expired'),
  // Longer than the retention of daybook.jobs.requests, so that reading the topic again from its start runs nothing again.
  JOB_IDS_DAYS: Type.Integer({
    default: 14,
    minimum: 8,
    maximum: 36_500,
    description:
      'How many days the chosen id of a job or a group is kept after it was removed: a request with this id makes no other job',
  }),
  LANE_PARTITIONS: Type.Integer({
    default: 24,
    minimum: 1,
    maximum: 1000,
    description:
      'How many partitions the topic of a new lane gets. So many workers can read the lane. Add partitions to an existing topic with the tools of Kafka',
  }),
  JOB_SENT_AHEAD_MS: Type.Integer({
    default: 1000,
    minimum: 0,
    maximum: 10_000,
    description:
      'A worker is sent as many jobs in advance as it ended within this number of milliseconds. A larger number keeps workers with very short jobs busy; jobs that are sent cannot be overtaken by more urgent ones',
  }),
  DAY_CLOSE_DEADLINE_SECONDS: Type.Integer({
    default: 300,
    minimum: 1,
    description:
      'How many seconds after the end of a day its EndOfDay event must be published. If it is not, an alarm is raised',
  }),
  DAY_READ_DEADLINE_SECONDS: Type.Integer({
    default: 900,
    minimum: 1,
    description:
      'How many seconds after its EndOfDay was published a day must be read by reporting. If it is not, an alarm is raised',
  }),
  JOB_LEASE_SECONDS: Type.Integer({
    default: 30,
    minimum: 1,
    maximum: 3600,
    description:
      'How many seconds after the last beat of a worker its jobs are given to others. Workers get the same value',
  }),
  ...mailSettings,
}

export type Config = ReturnType<typeof readConfig>

/**
 * Reads the scheduler's settings.
 * @returns the settings, `timeZones`: the current names of the listed time zones, or of all, and `mailTo`: the addresses in
 * MAIL_TO
 * @throws DaybookError DAYBOOK_CONFIG_INVALID, whose message names every wrong setting and the reason
 */
export function readConfig(env: Record<string, string | undefined>) {
  const config = loadConfig(settings, env, all => [
    ...timeZoneProblems(all.TIME_ZONES, all.DEFAULT_TIME_ZONE),
    ...mailProblems(all),
  ])
  const { TIME_ZONES: list, MAIL_TO: mailTo } = config
  return {
    ...config,
    timeZones: list === undefined ? timeZones : canonical(names(list)),
    mailTo: mailTo === undefined ? [] : names(mailTo),
  }
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

const canonical = (list: string[]) => [...new Set(list.flatMap(name => canonicalTimeZone(name) ?? []))]
