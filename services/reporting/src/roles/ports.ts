import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import { type Envelope, keyOf, type ReportEvent, toMessage, topics } from '@daybook/shared/events'
import type { Waiters } from '@daybook/shared/http'
import type { KafkaPort, Offsets } from '@daybook/shared/kafka'
import type { Service } from '@daybook/shared/process/service'
import type { LogsApart } from '../apart/apart-store.ts'
import type { LogFiles } from '../logs/log-files.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { WriteDeps } from '../logs/write-user-logs.ts'
import type { Manifests } from '../manifests/manifest-files.ts'
import type { LogAgeStore } from '../old-days/log-ages-store.ts'
import type { Pace } from '../pace/pace.ts'
import type { Completions } from '../projection/completion-store.ts'
import type { RenamedCompletions } from '../renamed-zones/renamed-completion-store.ts'
import type { RenamedRuns } from '../renamed-zones/renamed-run-store.ts'
import type { LogsOfDays } from '../reruns/logs-of-days-store.ts'
import type { Reruns } from '../reruns/rerun-store.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import type { Runs } from '../runs/run-store.ts'

/** The collections of reporting. */
export interface Stores {
  completions: Completions
  runs: Runs
  closedDays: ClosedDays
  userLogs: UserLogs
  logsApart: LogsApart
  reruns: Reruns
  logsOfDays: LogsOfDays
  logAges: LogAgeStore
  renamedRuns: RenamedRuns
  renamedCompletions: RenamedCompletions
}

/** All that the roles of a process reach, and the life of the process. */
export interface Ports extends Stores, Pick<Service, 'log' | 'fail' | 'signal' | 'closing'> {
  kafka: KafkaPort
  /** How far the projection is, see `projectionPosition`. */
  projectedOffsets: () => Promise<Offsets>
  files: LogFiles
  manifests: Manifests
  /** The requests that wait for the end of reruns. */
  waiters: Waiters
  /** Makes the function that parks messages of a consumer group. */
  parkFor: (group: string) => Park
  removeLetters: WriteDeps['removeLetters']
  /** Erases the text of a user that is neither in the projection nor in the files: that of dead letters and of errors. */
  forget: (userId: string) => Promise<void>
  /** Makes the function that says whether this process may sweep the outbox of a collection, see `sweepLease`. */
  sweepLease: (collection: string) => () => Promise<boolean>
  /** Whether each completed task gets a file of its own. */
  taskFiles: boolean
  pace: Pick<Pace, 'wait' | 'isWaiting'>
  /** How long writing a log may take, in milliseconds, see `WriteDeps`. */
  logTimeLimit: number
  /** How long a run may take, in milliseconds. */
  runDeadline: number
}

/** Makes the function that publishes events of daybook.reports. */
export const publishReports = (kafka: Pick<KafkaPort, 'publish'>) => (events: Envelope[]) => {
  const reports = events as ReportEvent[]
  return kafka.publish(
    topics.reports.name,
    reports.map(event => toMessage(event, keyOf.reports(event))),
  )
}
