import { traced } from '@daybook/shared/events'
import { hasPassed, type KafkaPort, type Offsets, offsetsFromJson } from '@daybook/shared/kafka'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import type { LogsApart } from '../apart/apart-store.ts'
import { logRequestTopic } from '../logs/log-requests.ts'
import { sendPerUser } from '../logs/send-per-user.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Manifests } from '../manifests/manifest-files.ts'
import type { Completions } from '../projection/completion-store.ts'
import type { BarrierOffsets } from './barriers.ts'
import type { ClosedDays } from './closed-day-store.ts'
import { type Run, waitsFor } from './run-model.ts'
import type { Runs } from './run-store.ts'

/** The steps of a run. Each step can be repeated. It returns whether the run advanced. */

export interface RunDeps {
  runs: Runs
  closedDays: ClosedDays
  completions: Completions
  userLogs: UserLogs
  manifests: Manifests
  logsApart: Pick<LogsApart, 'runs'>
  kafka: KafkaPort
  /** How far the projection is, see `projectionPosition`. */
  projectedOffsets: () => Promise<Offsets>
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  log: Logger
}

/**
 * Closes the day at the first barrier: once all events are projected that were published when the barrier was recorded. For a
 * run with `endedAt`, an event of tasks records the barrier, see `endOfDays`.
 */
export async function closeDay(run: Run, offsets: BarrierOffsets, deps: RunDeps): Promise<boolean> {
  const { runs, closedDays } = deps
  if (waitsFor(run) === 'tasks') return false
  if (run.closingOffsets === undefined) return runs.recordClosingOffsets(run, await offsets.tasksEnd())
  if (!hasPassed(await offsets.projection(), offsetsFromJson(run.closingOffsets))) return false
  // The day is closed before any user is listed: from here on the projector finds each new completion late.
  await closedDays.close(run.day, run.timeZone)
  return runs.startWriting(run)
}

/** Sends a log request for each user of the day, while MongoDB counts the completions. */
export async function sendAllRequests(run: Run, lost: AbortSignal, deps: RunDeps): Promise<boolean> {
  const { runs, completions, kafka } = deps
  const { day, timeZone, traceparent } = run
  const request = { day, timeZone, late: false, ...traced(traceparent) }
  const [requests, counts] = await Promise.all([
    sendPerUser(completions.users(day, timeZone), request, { lost, kafka }),
    completions.count(day, timeZone),
  ])
  if (requests === undefined) return false
  if (counts.completions === 0) return runs.markEmpty(run)
  // The second barrier, read after the last request was sent: writers that have passed it have written all logs.
  const requestsEnd = await kafka.endOffsets(logRequestTopic.name)
  return runs.recordRequestsSent(run, { requests, counts }, requestsEnd)
}

/**
 * Removes an empty run, because most days in most zones are empty. The projector treats an empty run like a missing run: a
 * late completion starts the run again. A completion that was projected before the run became empty is found here, and also
 * starts the run again.
 */
export async function removeEmpty(
  { _id, day, timeZone }: Run,
  { runs, completions }: RunDeps,
): Promise<boolean> {
  const days = [{ day, timeZone }]
  if ((await completions.withCompletions(days)).size > 0) await runs.create(days)
  else await runs.removeEmpty(_id)
  return true
}
