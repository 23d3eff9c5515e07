import { endOfDayEvent, keyOf, toMessage, topics, traced } from '@daybook/shared/events'
import { hasPassed, type KafkaPort, type Offsets, offsetsFromJson } from '@daybook/shared/kafka'
import { endOfDay } from '@daybook/shared/time/days'
import type { Logger } from 'pino'
import type { LogsApart } from '../apart/apart-store.ts'
import { underLease } from '../leases/lease.ts'
import { logRequestTopic } from '../logs/log-requests.ts'
import { SEND_AGAIN_AFTER_MS, sendPerUser } from '../logs/send-per-user.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Completions } from '../projection/completion-store.ts'
import { runId } from '../run-id.ts'
import type { BarrierOffsets } from '../runs/barriers.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import type { Runs } from '../runs/run-store.ts'
import { dayResult, emptyDay } from './day-result.ts'
import type { LogsOfDays } from './logs-of-days-store.ts'
import type { RerunDay } from './rerun-model.ts'
import type { Reruns } from './rerun-store.ts'

/** The steps of a rerun's day. Each step can be repeated. It returns whether the day advanced. */

export interface RerunDeps {
  reruns: Reruns
  runs: Pick<Runs, 'find'>
  closedDays: Pick<ClosedDays, 'pastClosing'>
  completions: Completions
  userLogs: Pick<UserLogs, 'find' | 'countWritten' | 'countFailed'>
  logsOfDays: LogsOfDays
  kafka: KafkaPort
  projectedOffsets: () => Promise<Offsets>
  logsApart: Pick<LogsApart, 'runs'>
  log: Logger
}

/** Does the next step of a day. @param owner names this process */
export function advanceDay(
  day: RerunDay,
  offsets: BarrierOffsets,
  owner: string,
  deps: RerunDeps,
): Promise<boolean> {
  if (day.state === 'waiting') return begin(day, owner, deps)
  if (day.state === 'following') return followRun(day, deps)
  return awaitWriters(day, offsets, deps)
}

async function begin(day: RerunDay, owner: string, deps: RerunDeps): Promise<boolean> {
  const { reruns } = deps
  const run = await runOf(day, deps)
  if (run?.state === 'done')
    return underLease(day, { owner, leases: reruns }, lost => sendAgain(day, lost, deps))
  if (run === undefined) {
    if (await isEmpty(day, deps)) return reruns.finishDay(day, emptyDay)
    await publishEnd(day, deps.kafka)
  }
  return reruns.follow(day)
}

const runOf = async ({ day, timeZone }: RerunDay, { runs }: RerunDeps) =>
  (await runs.find([runId(day, timeZone)]))[0]

/** Whether a day without a run was closed, and nothing counts on it. */
async function isEmpty(
  { day, timeZone }: RerunDay,
  { closedDays, completions }: RerunDeps,
): Promise<boolean> {
  const days = [{ day, timeZone }]
  if ((await closedDays.pastClosing(days)).size === 0) return false
  return (await completions.withCompletions(days)).size === 0
}

/**
 * Publishes the EndOfDay of a day that has no run. So the run is made as any other, and waits until tasks has published
 * everything from before the end of the day.
 */
async function publishEnd({ day, timeZone, traceparent }: RerunDay, kafka: KafkaPort): Promise<void> {
  // The key is that of the scheduler, so that the days of a zone stay in order.
  const ended = endOfDayEvent(day, timeZone, endOfDay(day, timeZone), `end-of-day:${timeZone}`)
  const event = { ...ended, ...traced(traceparent) }
  await kafka.publish(topics.clock.name, [toMessage(event, keyOf.clock(event))])
}

/** Sends log requests for a day that is reported: writers write each file again, and announce what has changed. */
async function sendAgain(read: RerunDay, lost: AbortSignal, deps: RerunDeps): Promise<boolean> {
  const { reruns, kafka } = deps
  const { day, timeZone, traceparent } = read
  const sentAt = new Date()
  const start = await kafka.endOffsets(logRequestTopic.name)
  const users = await usersOf(read, deps)
  const request = { day, timeZone, late: false, again: true, ...traced(traceparent) }
  const requests = await sendPerUser(users, request, { lost, kafka })
  if (requests === undefined) return false
  const end = await kafka.endOffsets(logRequestTopic.name)
  return reruns.recordSent(read, { requests, sentAt, start, end })
}

/** The users whose logs are written again. */
async function usersOf(
  { day, timeZone, userId, onlyFailed }: RerunDay,
  { completions, logsOfDays }: RerunDeps,
): Promise<AsyncIterable<string> | Iterable<string>> {
  if (userId !== undefined) return [userId]
  return onlyFailed ? logsOfDays.failedUsers(runId(day, timeZone)) : completions.users(day, timeZone)
}

async function followRun(day: RerunDay, deps: RerunDeps): Promise<boolean> {
  const { reruns } = deps
  const run = await runOf(day, deps)
  if (run?.state === 'done') {
    return reruns.finishDay(day, await dayResult(day, { how: 'run', since: day.createdAt }, deps))
  }
  if (run === undefined && (await isEmpty(day, deps))) return reruns.finishDay(day, emptyDay)
  return false
}

async function awaitWriters(day: RerunDay, offsets: BarrierOffsets, deps: RerunDeps): Promise<boolean> {
  const { reruns } = deps
  const { sentAt = new Date(0), requestsEnd = {} } = day
  if (Date.now() - sentAt.getTime() > SEND_AGAIN_AFTER_MS) return reruns.forgetRequests(day)
  if (!hasPassed(await offsets.writers(), offsetsFromJson(requestsEnd))) return false
  if ((await offsets.apart()).has(runId(day.day, day.timeZone))) return false
  return reruns.finishDay(day, await dayResult(day, { how: 'again', since: sentAt }, deps))
}
