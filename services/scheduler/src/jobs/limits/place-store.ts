import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import type { Job } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'
import type { PlaceLimit } from './kind-limits.ts'
import { type Places, parsePlace } from './places.ts'

/** Reads which places of limits are taken. */
export interface PlaceStore {
  /** The places of limits of kinds and shared limits. */
  ofLimits: (limits: readonly PlaceLimit[]) => Promise<Map<string, Places>>
  /** The places of gates. */
  ofGates: (gates: readonly PlaceLimit[]) => Promise<Map<string, Places>>
}

type InHand = Pick<Job, 'gate' | 'places'>

export function placeStore(jobs: JobModel): PlaceStore {
  return {
    async ofLimits(limits) {
      const places = empty(limits)
      if (limits.length === 0) return places
      const ranges = limits.map(({ name }) => ({
        places: { $elemMatch: beginningWith(`${name}#`) },
      }))
      note(places, await jobs.find({ $or: ranges }, { places: 1 }).lean<InHand[]>())
      return places
    },
    async ofGates(gates) {
      const places = empty(gates)
      if (gates.length === 0) return places
      const gate = { $in: gates.map(({ name }) => name) }
      const inHand = {
        $or: [
          { gate, state: 'sent' as const },
          { gate, state: 'running' as const },
        ],
      }
      const found = await jobs.find(inHand, { gate: 1, places: 1 }).lean<InHand[]>()
      note(places, found)
      // An attempt that was sent before the gate had a limit has no place, and is in hand nevertheless.
      for (const [name, one] of places) one.inHand = found.filter(({ gate }) => gate === name).length
      return places
    },
  }
}

const empty = (limits: readonly PlaceLimit[]): Map<string, Places> =>
  new Map(limits.map(({ name, limit }) => [name, { limit, inHand: 0, taken: new Set() }]))

function note(places: Map<string, Places>, found: InHand[]): void {
  for (const place of found.flatMap(job => job.places ?? [])) {
    const { limit, number } = parsePlace(place)
    const known = places.get(limit)
    if (known === undefined) continue
    known.inHand += 1
    known.taken.add(number)
  }
}
