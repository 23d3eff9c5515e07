import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import type { Failure } from '@daybook/shared/incidents/failure'
import { letterFailures } from '@daybook/shared/incidents/letter-failures'
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
}

/**
 * Starts to tell people about overdue runs and reruns, logs that could not be written, and dead letters. In every process, whatever its
 * roles are: these failures must be noticed while no process has the role that would end them.
 */
export function startAlarms({ letters, metrics, ...ports }: Alarms): void {
  const { runs, reruns, userLogs, generations, runDeadline, kafka, log, closing } = ports
  const teller = tellByKafka(kafka, 'reporting')
  const watch = <One extends Failure>(watched: Watched<One>, within?: number) => {
    const { stop } = watchFailures(watched, teller, { log, ...(within === undefined ? {} : { within }) })
    closing.defer(stop)
  }
  runMetrics(metrics, runs, runDeadline)
  watch(overdueRuns({ runs, generations }, runDeadline, log), runDeadline)
  rerunMetrics(metrics, reruns, runDeadline)
  watch(overdueReruns(reruns, runDeadline, log), runDeadline)
  watch(failedLogs(userLogs))
  // The dead letters of writers are the logs that could not be written: one mail is enough.
  const others = [...letters.topics].filter(([group]) => !requestSources.some(one => one.group === group))
  watch(letterFailures({ list: letters.list, topics: new Map(others) }, 'reporting'))
}
