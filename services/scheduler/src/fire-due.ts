import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import { type Firing, firingOf, type Tally } from './firing.ts'
import type { Schedule } from './schedule.ts'
import { MOST_DUE, notFull, type Schedules } from './schedules.ts'
import { setting } from './update.ts'

export interface FiringDeps {
  schedules: Schedules
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Counts a firing of this process. */
  count: (name: string, tally: Tally) => void
}

/**
 * Fires the schedules that are due, each with the slots that it missed.
 * @returns whether more is due that can be fired: the most of a query was read, or the most of a firing was fired
 * @throws the first trouble, after all of them were tried
 */
export async function fireDue(deps: FiringDeps, now: Date): Promise<boolean> {
  const due = await deps.schedules.due(now)
  const firings = await Promise.allSettled(due.map(schedule => fire(deps, schedule, now)))
  const failed = firings.find(({ status }) => status === 'rejected')
  if (failed?.status === 'rejected') throw failed.reason
  const results = new Set(firings.map(firing => firing.status === 'fulfilled' && firing.value))
  return results.has('more') || (results.has('done') && due.length === MOST_DUE)
}

/**
 * Fires a schedule as it was read, if nobody else did and its definition is still the same: moving it on and storing
 * its events is one compare-and-set.
 * @returns `more` when it is still due; `not` when somebody else was first, or its events wait for Kafka as it is
 */
export async function fire(
  { schedules, relay, count }: FiringDeps,
  read: Schedule,
  now: Date,
): Promise<'done' | 'more' | 'not'> {
  const { events, next, tally } = firingOf(read, now)
  const stored = await schedules.store(read._id, asRead(read), moved(next, tally, now), events)
  if (stored === undefined) return 'not'
  relay.offer(stored)
  count(read._id, tally)
  return next.nextFireAt !== undefined && next.nextFireAt <= now ? 'more' : 'done'
}

const asRead = (read: Schedule) =>
  read.kind === 'end-of-day'
    ? { nextDay: read.nextDay, nextFireAt: read.nextFireAt }
    : { version: read.version, nextSlot: read.nextSlot, ...notFull }

function moved(next: Firing['next'], { last, ...counts }: Tally, now: Date) {
  const { fired, missed, caughtUp } = counts
  const stats =
    last === undefined
      ? {}
      : { 'stats.lastSlot': last.slot, 'stats.lastFiredAt': now, 'stats.lateMs': last.lateMs }
  const $inc = { 'stats.fired': fired, 'stats.missed': missed, 'stats.caughtUp': caughtUp }
  return { ...setting({ ...next, ...stats }), $inc }
}
