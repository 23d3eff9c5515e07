import type { Kind } from '../kinds/kind.ts'
import type { Job } from '../stored/job.ts'
import { gateLimit } from './gate.ts'
import type { KindLimits, PlaceLimit } from './kind-limits.ts'
import { freePlace, occupy, type Places, placeName } from './places.ts'
import { afterStart, intervalAt, latestStart, nextStart, type RateState } from './start-intervals.ts'

/** What admission needs to know of a job. */
export type Candidate = Pick<Job, '_id' | 'kind' | 'gate'>

/** A job that may be sent now, with what the update that sends it stores. */
export interface Admitted<J extends Candidate = Job> {
  job: J
  places: string[]
  /** Only if a rate limits it: the attempt may start between these two, by the broker's clock. */
  startFrom?: Date
  startBy?: Date
}

/** What the store says about all limits of the candidates. The decision notes in it what it gives away. */
export interface Situation {
  kinds: ReadonlyMap<string, Kind>
  limits: ReadonlyMap<string, KindLimits>
  /** By the name of the limit or gate. */
  places: Map<string, Places>
  /** By id. */
  rates: Map<string, RateState>
  /** In milliseconds, by the broker's clock. */
  now: number
}

export interface Decision<J extends Candidate> {
  admitted: Admitted<J>[]
  /** Gates that keep jobs back. */
  blockedGates: Set<string>
  /** The rates of which intervals were taken. */
  takenRates: Set<string>
}

/**
 * Decides which jobs may be sent now. Earlier candidates come first wherever something is scarce.
 * @param candidates ready jobs, the most urgent first
 */
export function decideAdmission<J extends Candidate>(
  candidates: readonly J[],
  situation: Situation,
): Decision<J> {
  const decision: Decision<J> = { admitted: [], blockedGates: new Set(), takenRates: new Set() }
  for (const job of candidates) {
    const limits = situation.limits.get(job.kind)
    if (limits === undefined || limits.paused) continue
    const gate = gateOf(job, situation)
    if (gate !== undefined && freePlace(placesOf(gate, situation)) === undefined) {
      decision.blockedGates.add(gate.name)
      continue
    }
    const interval = intervalOf(limits, situation)
    const numbered = [...(gate === undefined ? [] : [gate]), ...limits.places].map(limit => {
      const places = placesOf(limit, situation)
      return { limit, places, number: freePlace(places) }
    })
    if (interval === undefined || numbered.some(({ number }) => number === undefined)) continue
    for (const { places, number } of numbered) occupy(places, number as number)
    takeStart(limits, interval.start, situation, decision)
    const names = numbered.map(({ limit, number }) => placeName(limit.name, number as number))
    decision.admitted.push({ job, places: names, ...interval.bounds })
  }
  return decision
}

function gateOf({ gate }: Candidate, { kinds }: Situation): PlaceLimit | undefined {
  const limit = gate === undefined ? undefined : gateLimit(gate, kinds)
  return limit === undefined ? undefined : { name: gate as string, limit }
}

function placesOf({ name, limit }: PlaceLimit, { places }: Situation): Places {
  const known = places.get(name) ?? { limit, inHand: 0, taken: new Set() }
  places.set(name, known)
  return known
}

/** When the next attempt of a kind may start, by all its rates. */
const startOf = ({ rates }: KindLimits, { rates: states, now }: Situation): number =>
  Math.max(...rates.map(({ id, rate }) => nextStart(rate, states.get(id) ?? {}, now)))

/** The next interval that all rates of a kind allow, without bounds if it has no rate; undefined when it is too far ahead. */
export function intervalOf(limits: KindLimits, situation: Situation) {
  const start = startOf(limits, situation)
  const limiting = limits.rates.flatMap(({ rate }) => rate ?? [])
  if (limiting.length === 0) return start > situation.now ? undefined : { start, bounds: {} }
  if (start > latestStart(limiting, situation.now)) return undefined
  return { start, bounds: intervalAt(start, limiting) }
}

function takeStart(
  { rates }: KindLimits,
  start: number,
  { rates: states, now }: Situation,
  { takenRates }: Pick<Decision<Candidate>, 'takenRates'>,
): void {
  for (const { id, rate } of rates) {
    if (rate === undefined) continue
    states.set(id, afterStart(rate, states.get(id) ?? {}, start, now))
    takenRates.add(id)
  }
}
