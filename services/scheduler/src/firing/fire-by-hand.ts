import { randomUUID } from 'node:crypto'
import { type ScheduleFired, scheduleFiredEvent } from '@daybook/shared/events'
import { checkPreconditions } from '@daybook/shared/http'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import { definitionOf } from '../definitions/definition.ts'
import type { OperatorRequest } from '../schedules/change-schedule.ts'
import { existing, refuseEndOfDay } from '../schedules/refusals.ts'
import type { UserSchedule } from '../schedules/schedule.ts'
import type { Schedules } from '../schedules/schedule-store.ts'
import { requestedJob } from './requested-job.ts'

export interface ByHandDeps {
  schedules: Schedules
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
}

interface ByHandRequest extends OperatorRequest {
  /** The shortest allowed time between two firings of a schedule by hand, in milliseconds. */
  minInterval: number
  traceparent: string
}

/** The id of the stored event; or why no event was stored, and after how many seconds the operator may retry. */
export type ByHandResult = { id: string } | { why: string; retryAfter: number }

/** After how many seconds to retry when too many events of a schedule wait for Kafka: the relay sweeps every 5 s. */
export const RETRY_WHILE_FULL = 5

/**
 * Fires a schedule now. Its slots stay as they are.
 * @throws DaybookError when there is no such schedule, when it is an end-of-day schedule, or when preconditions do not hold
 */
export async function fireByHand(
  { schedules, relay }: ByHandDeps,
  name: string,
  request: ByHandRequest,
): Promise<ByHandResult> {
  refuseEndOfDay(name)
  const { by, now, preconditions, minInterval, traceparent } = request
  for (;;) {
    const read = existing(name, await schedules.find(name)) as UserSchedule
    checkPreconditions(preconditions, read.version, 'DAYBOOK_SCHEDULE_CHANGED')
    const wait = waitAfter(read.firedByHandAt, now, minInterval)
    if (wait > 0) return { why: `${name} was fired by hand a moment ago`, retryAfter: Math.ceil(wait / 1000) }
    const event = byHandEvent(read, request)
    const events = [event, ...requestedJob(event, definitionOf(read)).map(job => ({ ...job, traceparent }))]
    const stored = await schedules.recordFiringByHand(read, { version: read.version, at: now, by }, events)
    if (stored !== undefined) {
      relay.offer(stored)
      return { id: event.id }
    }
    if (await schedules.isFull(name))
      return { why: `too many events of ${name} wait for Kafka`, retryAfter: RETRY_WHILE_FULL }
  }
}

/**
 * Computes for how many milliseconds a schedule may not be fired by hand again. The wait is never longer than `minInterval`,
 * even when a clock was set back.
 */
function waitAfter(firedByHandAt: Date | undefined, now: Date, minInterval: number): number {
  if (firedByHandAt === undefined) return 0
  const age = now.getTime() - firedByHandAt.getTime()
  // The age is negative when the clock of the process that fired the schedule is ahead of the clock of this process.
  return Math.abs(age) < minInterval ? Math.min(minInterval, minInterval - age) : 0
}

function byHandEvent(
  schedule: UserSchedule,
  { now, traceparent }: ByHandRequest,
): ScheduleFired & { traceparent: string } {
  const [name, instant] = [schedule._id, now.toISOString()]
  const { data = {} } = definitionOf(schedule)
  const event = scheduleFiredEvent(`firing:${name}:by-hand:${randomUUID()}`, {
    schedule: name,
    slot: instant,
    firedAt: instant,
    missed: false,
    byHand: true,
    data,
  })
  return { ...event, traceparent }
}
