import { isOutage } from '@daybook/shared/failures/outage'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import { isRenamed, replaceBeforeFiring } from '../schedules/renamed-zones.ts'
import type { Schedule } from '../schedules/schedule.ts'
import { MOST_DUE, notFull, type Schedules } from '../schedules/schedule-store.ts'
import { setting } from '../schedules/update.ts'
import { type Firing, firingOf, type Tally } from './plan-firing.ts'

export interface FiringDeps {
  schedules: Schedules
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Counts a firing of this process; `series` is the schedule's name in the metrics. */
  count: (series: string, tally: Tally) => void
  log: Pick<Logger, 'error'>
}

/** `more` when it is still due; `not` when somebody else was first, it can't be fired, or its events wait for Kafka. */
type Outcome = 'done' | 'more' | 'not'

// How many schedules are fired side by side, and about how many events: after hours of downtime all that is due does not
// fit into memory.
const MOST_AT_ONCE = 100
const MOST_EVENTS = 1000

/**
 * Fires the schedules that are due, each with the slots that it missed. One that can't be fired holds up no other.
 * @returns whether more is due that can be fired: the most of a query was read, or the most of a firing was fired
 * @throws an outage, after what was begun has ended
 */
export async function fireDue(deps: FiringDeps, now: Date): Promise<boolean> {
  const due = await deps.schedules.due(now)
  const outcomes = new Set<Outcome>()
  // What replaces another may be due now, and was not before.
  if (await replaceBeforeFiring(deps.schedules.collection, due)) outcomes.add('more')
  let [underWay, events]: [Promise<Outcome>[], number] = [[], 0]
  for (const schedule of due) {
    const firing = isRenamed(schedule) ? undefined : firingIfSound(deps, schedule, now)
    if (firing === undefined) continue
    underWay.push(tryStoring(deps, schedule, firing, now))
    events += firing.events.length
    if (events < MOST_EVENTS && underWay.length < MOST_AT_ONCE) continue
    for (const outcome of await allOf(underWay)) outcomes.add(outcome)
    ;[underWay, events] = [[], 0]
  }
  for (const outcome of await allOf(underWay)) outcomes.add(outcome)
  return outcomes.has('more') || (outcomes.has('done') && due.length === MOST_DUE)
}

/** Fires a schedule as it was read, if nobody else did and its definition is still the same. */
export const fire = (deps: FiringDeps, read: Schedule, now: Date) =>
  store(deps, read, firingOf(read, now), now)

/** Moving it on and storing its events is one compare-and-set. */
async function store(
  { schedules, relay, count }: FiringDeps,
  read: Schedule,
  { events, next, tally, series }: Firing,
  now: Date,
): Promise<Outcome> {
  const stored = await schedules.store(read._id, asRead(read), moved(next, tally, now), events)
  if (stored === undefined) return 'not'
  relay.offer(stored)
  count(series, tally)
  return next.nextFireAt !== undefined && next.nextFireAt <= now ? 'more' : 'done'
}

async function tryStoring(deps: FiringDeps, read: Schedule, firing: Firing, now: Date): Promise<Outcome> {
  try {
    return await store(deps, read, firing, now)
  } catch (error) {
    if (isOutage(error)) throw error
    return tell(deps, read, error)
  }
}

/** A definition that is not understood any more, by a newer calendar or because it was edited by hand, is none. */
function firingIfSound(deps: FiringDeps, read: Schedule, now: Date): Firing | undefined {
  try {
    return firingOf(read, now)
  } catch (error) {
    tell(deps, read, error)
    return undefined
  }
}

function tell({ log }: FiringDeps, { _id: schedule }: Schedule, err: unknown): Outcome {
  log.error({ code: 'DAYBOOK_SCHEDULE_FAILED', schedule, err }, `${schedule} is due and can't be fired`)
  return 'not'
}

/** @throws the first failure, after all have ended */
async function allOf<T>(promises: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises)
  return settled.map(one => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
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
