import type { Kinds } from '../kinds/kind-store.ts'
import { recent } from '../kinds/recent.ts'
import type { Job } from '../stored/job.ts'
import { kindRate, type PlaceLimit } from './kind-limits.ts'
import { placeName } from './places.ts'
import type { RateStore } from './rate-store.ts'
import type { RateState } from './start-intervals.ts'

/** How attempts of a kind have ended that are recorded together. */
export interface KindOutcomes {
  kind: string
  /** How many failed in a way in which other jobs may fail too. */
  failures: number
  hasSucceeded: boolean
  /** One that succeeded was a probe, see `probeOf`. */
  wasProbed: boolean
  /** When the last one ended, in milliseconds by the broker's clock. */
  at: number
}

/** The limit of a kind while it is failing: one attempt at a time is sent, the probe. */
export const probeOf = (kind: string): PlaceLimit => ({ name: `probe:${kind}`, limit: 1 })

/** Whether the attempt that a job has in hand is a probe. */
export const isProbe = ({ kind, places = [] }: Pick<Job, 'kind' | 'places'>): boolean =>
  places.includes(placeName(probeOf(kind).name, 0))

// For so long after the last failure every success is noted, because what is known of other processes is up to a second old.
const NOTE_FOR_MS = 60_000

const hasFailed = ({ failures = 0, probeFrom = 0 }: RateState, at: number): boolean =>
  failures > 0 || probeFrom > at - NOTE_FOR_MS

/**
 * Makes the function that counts the failures of kinds in a row. While nothing fails, it costs a read in a second. Call it
 * before the outcomes are written: the next probe must not be sent before it is known that the last one failed.
 */
export function makeNoteOutcomes(
  kinds: Pick<Kinds, 'getMany'>,
  rates: Pick<RateStore, 'read' | 'fail' | 'succeed'>,
): (outcomes: readonly KindOutcomes[]) => Promise<void> {
  const known = recent<RateState>(async ids => {
    const found = await rates.read(ids)
    return new Map(ids.map(id => [id, found.get(id) ?? {}]))
  })
  async function note({ kind, failures, hasSucceeded, wasProbed, at }: KindOutcomes, state?: RateState) {
    const id = kindRate(kind)
    if (hasSucceeded) {
      if (wasProbed || hasFailed(state ?? {}, at)) await rates.succeed(id)
    } else if (failures > 0) {
      const rules = (await kinds.getMany([kind])).get(kind)
      await rates.fail(id, failures, at + (rules?.backoff.initialMs ?? 0))
      known.forget(id)
    }
  }
  return async outcomes => {
    const succeeded = outcomes.filter(({ hasSucceeded }) => hasSucceeded)
    const states = await known.getMany(succeeded.map(({ kind }) => kindRate(kind)))
    await Promise.all(outcomes.map(one => note(one, states.get(kindRate(one.kind)))))
  }
}
