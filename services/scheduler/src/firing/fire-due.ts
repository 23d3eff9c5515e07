import { isOutage } from '@daybook/shared/failures/outage'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import type { Schedule, Tally } from '../schedules/schedule.ts'
import { isRenamed } from '../schedules/schedule-name.ts'
import { MAX_DUE, type Schedules } from '../schedules/schedule-store.ts'
import { type PlannedFiring, planFiring } from './plan-firing.ts'

export interface FiringDeps {
  schedules: Schedules
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Counts a firing of this process; `series` is the schedule's name in the metrics. */
  count: (series: string, tally: Tally) => void
  log: Pick<Logger, 'error'>
}

/**
 * `more` when the schedule is still due after its firing. `not` when another process fired it first, when it can't be fired,
 * or when too many of its events wait for Kafka.
 */
type Outcome = 'done' | 'more' | 'not'

// How many schedules are fired concurrently, and about how many events they may have: after hours of downtime all due events
// would not fit into memory.
const MAX_CONCURRENT = 100
const MAX_EVENTS = 1000

/**
 * Fires due schedules, each with the slots that it missed. A schedule that can't be fired does not stop the others.
 * @returns whether more can be fired now: the query or a firing reached its limit
 * @throws an outage, after all running firings have ended
 */
export async function fireDue(deps: FiringDeps, now: Date): Promise<boolean> {
  const due = await deps.schedules.due(now)
  const outcomes = new Set<Outcome>()
  // A schedule that replaces an older one may be due, but the query above did not return it.
  if (await deps.schedules.replaceOlderNames(due)) outcomes.add('more')
  let [underWay, events]: [Promise<Outcome>[], number] = [[], 0]
  for (const schedule of due) {
    const firing = isRenamed(schedule) ? undefined : tryPlanning(deps, schedule, now)
    if (firing === undefined) continue
    underWay.push(tryStoring(deps, schedule, firing, now))
    events += firing.events.length
    if (events < MAX_EVENTS && underWay.length < MAX_CONCURRENT) continue
    for (const outcome of await allOf(underWay)) outcomes.add(outcome)
    ;[underWay, events] = [[], 0]
  }
  for (const outcome of await allOf(underWay)) outcomes.add(outcome)
  return outcomes.has('more') || (outcomes.has('done') && due.length === MAX_DUE)
}

/** Fires a schedule as it was read, unless another process fired it or its definition has changed since. */
export const fire = (deps: FiringDeps, read: Schedule, now: Date) =>
  store(deps, read, planFiring(read, now), now)

async function store(
  { schedules, relay, count }: FiringDeps,
  read: Schedule,
  firing: PlannedFiring,
  now: Date,
): Promise<Outcome> {
  const stored = await schedules.recordFiring(read, firing, now)
  if (stored === undefined) return 'not'
  relay.offer(stored)
  count(firing.series, firing.tally)
  const { nextFireAt } = firing.next
  return nextFireAt !== undefined && nextFireAt <= now ? 'more' : 'done'
}

async function tryStoring(
  deps: FiringDeps,
  read: Schedule,
  firing: PlannedFiring,
  now: Date,
): Promise<Outcome> {
  try {
    return await store(deps, read, firing, now)
  } catch (error) {
    if (isOutage(error)) throw error
    logFailure(deps, read, error)
    return 'not'
  }
}

/** Planning fails when this version does not understand the definition, or when the definition was edited by hand. */
function tryPlanning(deps: FiringDeps, read: Schedule, now: Date): PlannedFiring | undefined {
  try {
    return planFiring(read, now)
  } catch (error) {
    logFailure(deps, read, error)
    return undefined
  }
}

const logFailure = ({ log }: FiringDeps, { _id: schedule }: Schedule, err: unknown) =>
  log.error({ code: 'DAYBOOK_SCHEDULE_FAILED', schedule, err }, `${schedule} is due and can't be fired`)

/** @throws the first failure, after all promises have settled */
async function allOf<T>(promises: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises)
  return settled.map(result => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}
