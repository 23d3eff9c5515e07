import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import { type AlarmSource, failureAlarms } from '@daybook/shared/incidents/alarm'
import type { Failure } from '@daybook/shared/incidents/failure'
import { letterAlarms, letterFailures } from '@daybook/shared/incidents/letter-failures'
import { outboxAlarms, type WatchedOutbox } from '@daybook/shared/incidents/outbox-alarms'
import { tellByKafka } from '@daybook/shared/incidents/tell-by-kafka'
import { type Watched, watchFailures } from '@daybook/shared/incidents/watch-failures'
import type { Registry } from 'prom-client'
import { failedLogs } from './logs/failed-logs.ts'
import { requestSources } from './logs/log-writer.ts'
import type { Generations } from './projection/generation-store.ts'
import { rerunMetrics } from './reruns/metrics.ts'
import { overdueReruns } from './reruns/overdue-reruns.ts'
import type { Ports } from './roles/ports.ts'
import { runMetrics } from './runs/metrics.ts'
import { overdueRuns } from './runs/overdue-runs.ts'

interface Alarms extends Pick<Ports, 'runDeadline' | 'log' | 'closing'> {
  runs: Pick<Ports['runs'], 'overdue'>
  reruns: Pick<Ports['reruns'], 'unfinished' | 'overdue'>
  userLogs: Pick<Ports['userLogs'], 'newestFailed'>
  generations: Pick<Generations, 'joining'>
  kafka: Pick<Ports['kafka'], 'publish'>
  letters: Pick<LetterRoutes, 'topics' | 'list'>
  metrics: Registry
  outboxes: readonly WatchedOutbox[]
}

/**
 * Starts to tell people about overdue runs and reruns, logs that could not be written, and dead letters. In every process, whatever its
 * roles are: these failures must be noticed while no process has the role that would end them.
 * @returns what GET /alarms shows: these, and outboxes
 */
export function startAlarms({ letters, metrics, outboxes, ...ports }: Alarms): AlarmSource[] {
  const { runs, reruns, userLogs, generations, runDeadline, kafka, log, closing } = ports
  const teller = tellByKafka(kafka, 'reporting')
  const watch = <One extends Failure>(watched: Watched<One>, within?: number) => {
    const { stop } = watchFailures(watched, teller, { log, ...(within === undefined ? {} : { within }) })
    closing.defer(stop)
  }
  runMetrics(metrics, runs, runDeadline)
  const lateRuns = overdueRuns({ runs, generations }, runDeadline, log)
  watch(lateRuns, runDeadline)
  rerunMetrics(metrics, reruns, runDeadline)
  const lateReruns = overdueReruns(reruns, runDeadline, log)
  watch(lateReruns, runDeadline)
  const failed = failedLogs(userLogs)
  watch(failed)
  // The dead letters of writers are the logs that could not be written: one mail is enough.
  const others = [...letters.topics].filter(([group]) => !requestSources.some(one => one.group === group))
  const ofOthers = { list: letters.list, topics: new Map(others) }
  watch(letterFailures(ofOthers, 'reporting'))
  return [
    failureAlarms(lateRuns, { kind: 'run-overdue', severity: 'critical', type: 'run' }),
    failureAlarms(lateReruns, { kind: 'rerun-overdue', severity: 'warning', type: 'rerun' }),
    failureAlarms(failed, { kind: 'log-failed', severity: 'critical', type: 'log' }),
    outboxAlarms(outboxes, 'reporting'),
    letterAlarms(ofOthers, 'reporting'),
  ]
}
