import { randomUUID } from 'node:crypto'
import { scheduleFiredEvent } from '@daybook/shared/events'
import { checkPreconditions } from '@daybook/shared/http'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import { definitionOf } from '../definitions/definition.ts'
import { type Asking, existing, refuseEndOfDay } from '../schedules/change-schedule.ts'
import type { FiredByHand, UserSchedule } from '../schedules/schedule.ts'
import { notFull, type Schedules, WHILE_FULL } from '../schedules/schedule-store.ts'

export interface ByHandDeps {
  schedules: Schedules
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
}

interface ByHand extends Asking {
  /** Milliseconds from one firing by hand to the next. */
  minInterval: number
  traceparent: string
}

/** The event's id; or why it was not fired, and after how many seconds to try again. */
type Fired = { id: string } | { why: string; retryAfter: number }

const MOST_KEPT = 50

/**
 * Fires a schedule beside its slots, which stay as they are.
 * @throws DaybookError when it is not there, is not an operator's, or preconditions do not hold
 */
export async function fireByHand(
  { schedules, relay }: ByHandDeps,
  name: string,
  asking: ByHand,
): Promise<Fired> {
  refuseEndOfDay(name)
  for (;;) {
    const read = existing(name, await schedules.find(name)) as UserSchedule
    checkPreconditions(asking.preconditions, read.version, 'DAYBOOK_SCHEDULE_CHANGED')
    const wait = waitOf(read, asking)
    if (wait > 0) return { why: `${name} was fired by hand a moment ago`, retryAfter: Math.ceil(wait / 1000) }
    const event = eventOf(read, asking)
    const { version, firedByHandAt = { $exists: false } } = read
    const entry: FiredByHand = { version, at: asking.now, by: asking.by }
    const $push = { firedByHand: { $each: [entry], $slice: -MOST_KEPT } }
    const update = { $set: { firedByHandAt: asking.now }, $push }
    // Deleting makes another version, forgetting does not.
    const where = { version, firedByHandAt, deletedAt: { $exists: false }, ...notFull }
    const stored = await schedules.store(name, where, update, [event])
    if (stored !== undefined) {
      relay.offer(stored)
      return { id: event.id }
    }
    if (await isFull(schedules, name)) {
      return { why: `too many events of ${name} wait for Kafka`, retryAfter: WHILE_FULL }
    }
  }
}

const isFull = async ({ collection }: Schedules, name: string) =>
  (await collection.countDocuments({ _id: name, $nor: [notFull] })) > 0

/** For how many milliseconds it may not be fired by hand. A clock that was set back keeps nobody waiting. */
function waitOf({ firedByHandAt }: UserSchedule, { now, minInterval }: ByHand): number {
  if (firedByHandAt === undefined) return 0
  const age = now.getTime() - firedByHandAt.getTime()
  // Somebody else's clock may be a little ahead of ours.
  return Math.abs(age) < minInterval ? Math.min(minInterval, minInterval - age) : 0
}

function eventOf(schedule: UserSchedule, { now, traceparent }: ByHand) {
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
