import { hasPassed, type KafkaPort, offsetsFromJson } from '@daybook/shared/kafka'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import { type LogRequest, logRequestTopic, sendLogRequests } from '../logs/log-requests.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Completions } from '../projection/completion-store.ts'
import type { BarrierOffsets } from './barriers.ts'
import type { ClosedDays } from './closed-day-store.ts'
import type { Run } from './run-model.ts'
import type { Runs } from './run-store.ts'

/** The steps of a run, each of which can be repeated. They answer whether the run went further. */

export interface RunDeps {
  runs: Runs
  closedDays: ClosedDays
  completions: Completions
  userLogs: UserLogs
  kafka: KafkaPort
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  log: Logger
}

const REQUESTS_AT_ONCE = 1000

/** The first barrier: closes the day once all events that were published when it ended are projected. */
export async function closeDay(run: Run, offsets: BarrierOffsets, deps: RunDeps): Promise<boolean> {
  const { runs, closedDays } = deps
  if (run.closingOffsets === undefined) return runs.recordClosingOffsets(run, await offsets.tasksEnd())
  if (!hasPassed(await offsets.projection(), offsetsFromJson(run.closingOffsets))) return false
  // Both before any user is listed: the projector finds a completion late that it projects from here on.
  await closedDays.close(run.day, run.timeZone)
  return runs.startWriting(run)
}

/** Sends a log request for each user of the day. */
export async function sendAllRequests(run: Run, lost: AbortSignal, deps: RunDeps): Promise<boolean> {
  const sent = await sendPerUser(run, lost, deps)
  if (sent === undefined) return false
  if (sent.completions === 0) return deps.runs.markEmpty(run)
  // The end of the topic once the last request is in it: writers that have committed past it have written all logs.
  const requestsEnd = await deps.kafka.endOffsets(logRequestTopic.name)
  return deps.runs.recordRequestsSent(run, sent.users, requestsEnd)
}

/**
 * Sends the requests. A user whose completions were all taken back gets one as well, because the run of another time zone
 * may have written them.
 * @returns how much was sent, or undefined when the lease was lost on the way
 */
async function sendPerUser({ day, timeZone }: Run, lost: AbortSignal, { completions, kafka }: RunDeps) {
  const sent = { users: 0, completions: 0 }
  let requests: LogRequest[] = []
  for await (const user of completions.users(day, timeZone)) {
    if (lost.aborted) return undefined
    requests.push({ userId: user.userId, day, timeZone, late: false })
    sent.users += 1
    sent.completions += user.completions
    if (requests.length < REQUESTS_AT_ONCE) continue
    await sendLogRequests(kafka, requests)
    requests = []
  }
  if (requests.length > 0) await sendLogRequests(kafka, requests)
  return sent
}

/**
 * Removes an empty run: most days in most zones are empty, and leave nothing behind. The projector treats an empty run like
 * a missing one, so a late completion begins it anew. A completion from before the run was empty is found here.
 */
export async function removeEmpty(run: Run, { runs, completions }: RunDeps): Promise<boolean> {
  if ((await completions.among([run])).size > 0) await runs.create([run])
  else await runs.removeEmpty(run._id)
  return true
}
