import { hasPassed, type KafkaPort, offsetsFromJson, offsetsToJson } from '@daybook/shared/kafka'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import { type LogRequest, logRequestTopic, sendLogRequests } from '../logs/log-requests.ts'
import type { UserLogs } from '../logs/user-logs.ts'
import type { Completions } from '../projection/completions.ts'
import type { BarrierOffsets } from './barriers.ts'
import type { Run } from './run.ts'
import type { Runs } from './run-store.ts'

/** The steps of a run, each of which can be done again. They answer whether the run went further. */

export interface RunDeps {
  runs: Runs
  completions: Completions
  userLogs: UserLogs
  kafka: KafkaPort
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  log: Logger
}

const REQUESTS_AT_ONCE = 1000

/** The first barrier: the day is closed once all that was published when it ended has been projected. */
export async function closeDay(run: Run, offsets: BarrierOffsets, { runs }: RunDeps): Promise<boolean> {
  if (run.closingOffsets === undefined) {
    const closingOffsets = offsetsToJson(await offsets.tasksEnd())
    return runs.update(run, { $set: { closingOffsets } })
  }
  if (!hasPassed(await offsets.projection(), offsetsFromJson(run.closingOffsets))) return false
  // Both before any user is listed: a completion projected from here on is found late by the projector.
  await runs.close(run.day, run.timeZone)
  return runs.update(run, { $set: { state: 'writing', writingAt: new Date() } })
}

/** Sends a log request for each user of the day. */
export async function sendAllRequests(run: Run, lost: AbortSignal, deps: RunDeps): Promise<boolean> {
  const sent = await sendPerUser(run, lost, deps)
  if (sent === undefined) return false
  if (sent.completions === 0) return deps.runs.update(run, { $set: { state: 'empty' } })
  // The end of the topic once the last request is in it: writers that have committed past it have written all logs.
  const jobOffsets = offsetsToJson(await deps.kafka.endOffsets(logRequestTopic.name))
  return deps.runs.update(run, { $set: { jobs: sent.users, jobOffsets, jobsSentAt: new Date() } })
}

/**
 * A user whose completions were all taken back gets a request as well: the run of another time zone may have written them.
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
 * Most days in most zones are empty, and leave nothing behind. The projector takes an empty run for one that is not
 * there, and whoever completes something late reopens it; what was completed before it was empty is found here.
 */
export async function removeEmpty(run: Run, { runs, completions }: RunDeps): Promise<boolean> {
  if ((await completions.among([run])).size > 0) await runs.create([run])
  else await runs.removeEmpty(run._id)
  return true
}
