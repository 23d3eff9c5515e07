import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import { type AlarmSource, failureAlarms } from '@daybook/shared/incidents/alarm'
import type { Failure, Teller } from '@daybook/shared/incidents/failure'
import { letterAlarms, letterFailures } from '@daybook/shared/incidents/letter-failures'
import { outboxAlarms, type WatchedOutbox } from '@daybook/shared/incidents/outbox-alarms'
import { type Watched, watchFailures } from '@daybook/shared/incidents/watch-failures'
import type { KafkaPort } from '@daybook/shared/kafka'
import type { Service } from '@daybook/shared/process/service'
import type { Registry } from 'prom-client'
import type { Config } from './config.ts'
import { lateSchedules } from './firing/late-schedules.ts'
import { overdueDays } from './firing/overdue-days.ts'
import type { Schedules } from './schedules/schedule-store.ts'
import { unreadGauge } from './unread-days/metrics.ts'
import type { UnreadDays } from './unread-days/unread-day-store.ts'
import { unreadFailures } from './unread-days/unread-failures.ts'

interface Alarms {
  schedules: Pick<Schedules, 'overdue' | 'due'>
  unread: UnreadDays
  kafka: Pick<KafkaPort, 'committedOffsets' | 'endOffsets'>
  letters: Pick<LetterRoutes, 'topics' | 'list'>
  teller: Teller
  metrics: Registry
  outboxes: readonly WatchedOutbox[]
  /** The alarms of jobs. */
  ofJobs: readonly AlarmSource[]
  config: Pick<Config, 'DAY_CLOSE_DEADLINE_SECONDS' | 'DAY_READ_DEADLINE_SECONDS'>
}

/**
 * Starts to tell people about days that are not published, days that are not read, and dead letters.
 * @returns what GET /alarms shows: these, and what needs no mail
 */
export function startAlarms(
  { log, closing }: Pick<Service, 'log' | 'closing'>,
  { schedules, unread, kafka, letters, teller, metrics, outboxes, ofJobs, config }: Alarms,
): AlarmSource[] {
  const watch = <One extends Failure>(watched: Watched<One>, within?: number) => {
    const { stop } = watchFailures(watched, teller, { log, ...(within === undefined ? {} : { within }) })
    closing.defer(stop)
  }
  const toPublish = config.DAY_CLOSE_DEADLINE_SECONDS * 1000
  const toRead = config.DAY_READ_DEADLINE_SECONDS * 1000
  const overdue = overdueDays(schedules, toPublish, log)
  watch(overdue, toPublish)
  unreadGauge(metrics, unread, toRead)
  const unreadDays = unreadFailures(unread, kafka, { deadline: toRead, log })
  watch(unreadDays, toRead)
  watch(letterFailures(letters, 'scheduler'))
  const day = { severity: 'critical', type: 'day' } as const
  return [
    failureAlarms(overdue, { kind: 'day-overdue', ...day }),
    failureAlarms(unreadDays, { kind: 'day-unread', ...day }),
    lateSchedules(schedules),
    ...ofJobs,
    outboxAlarms(outboxes, 'scheduler'),
    letterAlarms(letters, 'scheduler'),
  ]
}
