import { randomUUID } from 'node:crypto'
import { isOutage } from '@daybook/shared/failures/outage'
import type { EmbeddedEvent, Relay } from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import type { Tick } from '../schedules/firing-store.ts'
import type { Schedule, Tally } from '../schedules/schedule.ts'
import { isRenamed } from '../schedules/schedule-name.ts'
import { MAX_DUE, type Schedules } from '../schedules/schedule-store.ts'
import { type PlannedFiring, planFiring } from './plan-firing.ts'

export interface DueDeps {
  schedules: Pick<Schedules, 'due' | 'replaceOlderNames' | 'recordFirings'>
  relay: Pick<Relay<EmbeddedEvent>, 'offer'>
  /** Counts a firing of this process; `series` is the schedule's name in the metrics. */
  count: (series: string, tally: Tally) => void
  log: Pick<Logger, 'error'>
}

/** With what operators do to schedules. */
export interface FiringDeps extends DueDeps {
  schedules: Schedules
}

/**
 * `more` when the schedule is still due after its firing. `not` when another process fired it first, when it can't be fired,
 * or when too many of its events wait for Kafka.
 */
type Outcome = 'done' | 'more' | 'not'

interface Planned {
  read: Schedule
  firing: PlannedFiring
}

// The most firings that one update records, and about how many events they may have. An update may take 16 MB, and after hours of
// downtime all due events would not fit into memory.
const MAX_IN_BATCH = 250
// MongoDB handles several updates at the same time.
const CONCURRENT = 2

/**
 * Fires due schedules, each with the slots that it missed. A schedule that can't be fired does not stop the others.
 * @returns whether more can be fired now: the query or a firing reached its limit
 * @throws an outage, after all running firings have ended
 */
export async function fireDue(deps: DueDeps, now: Date): Promise<boolean> {
  const tick = { id: randomUUID(), now }
  const due = await deps.schedules.due(now)
  const outcomes = new Set<Outcome>()
  // A schedule that replaces an older one may be due, but the query above did not return it.
  if (await deps.schedules.replaceOlderNames(due)) outcomes.add('more')
  let underWay: Promise<Outcome[]>[] = []
  for (const batch of planned(deps, due, now)) {
    underWay.push(tryStoring(deps, batch, tick))
    if (underWay.length < CONCURRENT) continue
    for (const outcome of (await allOf(underWay)).flat()) outcomes.add(outcome)
    underWay = []
  }
  for (const outcome of (await allOf(underWay)).flat()) outcomes.add(outcome)
  return outcomes.has('more') || (outcomes.has('done') && due.length === MAX_DUE)
}

/** Fires a schedule as it was read, unless another process fired it or its definition has changed since. */
export async function fire(deps: DueDeps, read: Schedule, now: Date): Promise<Outcome> {
  const firing = planFiring(read, now)
  const [outcome = 'not'] = await store(deps, [{ read, firing }], { id: randomUUID(), now })
  return outcome
}

/** Plans the firings of schedules batch by batch, when a batch is asked for. */
function* planned(deps: DueDeps, due: Schedule[], now: Date): Generator<Planned[]> {
  let [batch, events]: [Planned[], number] = [[], 0]
  for (const read of due) {
    const firing = isRenamed(read) ? undefined : tryPlanning(deps, read, now)
    if (firing === undefined) continue
    batch.push({ read, firing })
    events += firing.events.length
    if (events < MAX_IN_BATCH && batch.length < MAX_IN_BATCH) continue
    yield batch
    ;[batch, events] = [[], 0]
  }
  if (batch.length > 0) yield batch
}

async function store({ schedules, relay, count }: DueDeps, batch: Planned[], tick: Tick): Promise<Outcome[]> {
  const stored = await schedules.recordFirings(batch, tick)
  relay.offer(stored.flatMap(events => events ?? []))
  return batch.map(({ firing: { series, tally, next } }, i) => {
    if (stored[i] === undefined) return 'not'
    count(series, tally)
    return next.nextFireAt !== undefined && next.nextFireAt <= tick.now ? 'more' : 'done'
  })
}

/** Stores firings together; one by one when that fails, so that each schedule fails alone. */
async function tryStoring(deps: DueDeps, batch: Planned[], tick: Tick): Promise<Outcome[]> {
  try {
    return await store(deps, batch, tick)
  } catch (error) {
    if (isOutage(error)) throw error
    const [{ read }] = batch as [Planned]
    if (batch.length === 1) {
      logFailure(deps, read, error)
      return ['not']
    }
    const outcomes: Outcome[] = []
    for (const one of batch) outcomes.push(...(await tryStoring(deps, [one], tick)))
    return outcomes
  }
}

/** Planning fails when this version does not understand the definition, or when the definition was edited by hand. */
function tryPlanning(deps: DueDeps, read: Schedule, now: Date): PlannedFiring | undefined {
  try {
    return planFiring(read, now)
  } catch (error) {
    logFailure(deps, read, error)
    return undefined
  }
}

const logFailure = ({ log }: DueDeps, { _id: schedule }: Schedule, err: unknown) =>
  log.error({ code: 'DAYBOOK_SCHEDULE_FAILED', schedule, err }, `${schedule} is due and can't be fired`)

/** @throws the first failure, after all promises have settled */
async function allOf<T>(promises: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises)
  return settled.map(result => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}
