import type { Job } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'

/** Moves jobs with a gate between `ready` and `held`. */
export interface GateStore {
  /** Holds ready jobs of gates, except some, at most `HOLD_AT_ONCE`. */
  hold: (gates: readonly string[], except: readonly string[]) => Promise<void>
  /** Of some gates those that have held jobs, with the id of the earliest one. */
  firstHeld: (gates: readonly string[]) => Promise<Map<string, string>>
  /** All gates that have held jobs, each with the id of the earliest one, in pages of so many. */
  pagesOfHeld: (size: number) => AsyncIterable<Map<string, string>>
  /** How many jobs of each gate are ready or in hand. */
  countEligible: (gates: readonly string[]) => Promise<Map<string, number>>
  /** The ids of the earliest held jobs of gates, so many of each. */
  earliestHeld: (counts: ReadonlyMap<string, number>) => Promise<string[]>
  /** Makes held jobs ready. Returns how many. */
  release: (ids: readonly string[]) => Promise<number>
}

export const HOLD_AT_ONCE = 1000
// So many queries of single gates are sent at once.
const QUERIES_AT_ONCE = 20

// The index `gate` holds the jobs of each open state; a query must name the states one by one to use it.
const held = { state: 'held' as const }
const ready = { state: 'ready' as const }
const eligible = (['ready', 'sent', 'running'] as const).map(state => ({ state }))

export function gateStore(jobs: JobModel): GateStore {
  const firstOf = (gate: object) =>
    jobs.aggregate<{ _id: string; first: string }>([
      { $match: { gate, ...held } },
      { $sort: { gate: 1, state: 1, rank: 1 } },
      { $group: { _id: '$gate', first: { $first: '$_id' } } },
    ])
  return {
    async hold(gates, except) {
      const filter = { gate: { $in: [...gates] }, ...ready, _id: { $nin: [...except] } }
      const found = await jobs.find(filter, { _id: 1 }).limit(HOLD_AT_ONCE).lean()
      const ids = found.map(({ _id }) => _id)
      await jobs.updateMany({ _id: { $in: ids }, ...ready }, { $set: held })
    },
    async firstHeld(gates) {
      const found = await firstOf({ $in: [...gates] })
      return new Map(found.map(({ _id, first }) => [_id, first]))
    },
    async *pagesOfHeld(size) {
      let page = new Map<string, string>()
      // One search for all: a search for each page would look at all gates that follow.
      for await (const { _id, first } of firstOf({ $gt: '' }).cursor({ batchSize: size })) {
        page.set(_id, first)
        if (page.size < size) continue
        yield page
        page = new Map()
      }
      if (page.size > 0) yield page
    },
    async countEligible(gates) {
      const gate = { $in: [...gates] }
      const found = await jobs.aggregate<{ _id: string; count: number }>([
        { $match: { $or: eligible.map(state => ({ gate, ...state })) } },
        { $group: { _id: '$gate', count: { $sum: 1 } } },
      ])
      return new Map(found.map(({ _id, count }) => [_id, count]))
    },
    earliestHeld: counts => earliest(jobs, counts),
    async release(ids) {
      if (ids.length === 0) return 0
      const { modifiedCount } = await jobs.updateMany({ _id: { $in: [...ids] }, ...held }, { $set: ready })
      return modifiedCount
    },
  }
}

async function earliest(jobs: JobModel, counts: ReadonlyMap<string, number>): Promise<string[]> {
  const ids: string[] = []
  const gates = [...counts]
  for (let i = 0; i < gates.length; i += QUERIES_AT_ONCE) {
    const pages = gates.slice(i, i + QUERIES_AT_ONCE).map(([gate, count]) =>
      jobs
        .find({ gate, ...held }, { _id: 1 })
        .sort({ rank: 1 })
        .limit(count)
        .lean<Pick<Job, '_id'>[]>(),
    )
    ids.push(...(await Promise.all(pages)).flat().map(({ _id }) => _id))
  }
  return ids
}
