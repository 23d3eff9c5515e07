import { driverCollection } from '@daybook/shared/mongo/model'
import type { JobsBase } from '../stored/open-jobs-store.ts'

/** How many jobs of a kind are on a lane. */
export interface Count {
  kind: string
  lane: string
  count: number
}

/** The job that has been due for the longest time, of those that may be sent, on a lane. */
export interface Oldest {
  lane: string
  dueAt: Date
}

/** What metrics read of the jobs that have not ended. Its cost has a bound, however many jobs there are. */
export interface JobCounts {
  /** Delayed jobs, the earliest `MAX_READ` of them. */
  delayed: () => Promise<Count[]>
  /** Jobs that may be sent, at most `MAX_IN_INDEX`. */
  ready: () => Promise<Count[]>
  /** Jobs that their gates hold, at most `MAX_READ`. */
  held: () => Promise<Count[]>
  /** Attempts in hand. */
  running: () => Promise<Count[]>
  /** How many jobs have failed, at most `MAX_IN_INDEX`. */
  failed: () => Promise<number>
  /** By lane, for the kinds of jobs that are ready on it. */
  oldest: (lanes: ReadonlyMap<string, readonly string[]>) => Promise<Oldest[]>
}

// So many jobs are counted of a state: without reading them, where an index has their kinds and lanes, or by reading them.
export const MAX_IN_INDEX = 200_000
export const MAX_READ = 20_000

export function jobCounts({ jobs }: Pick<JobsBase, 'jobs'>): JobCounts {
  const collection = driverCollection(jobs)
  async function count(match: object, index: string, limit: number): Promise<Count[]> {
    const stages = [
      { $match: match },
      { $limit: limit },
      { $project: { _id: 0, kind: 1, lane: 1 } },
      { $group: { _id: { kind: '$kind', lane: '$lane' }, count: { $sum: 1 } } },
    ]
    const found = collection.aggregate<{ _id: Omit<Count, 'count'>; count: number }>(stages, { hint: index })
    return (await found.toArray()).map(({ _id, count }) => ({ ..._id, count }))
  }
  return {
    delayed: () => count({ state: 'delayed' }, 'delayed', MAX_READ),
    ready: () => count({ state: 'ready' }, 'ready', MAX_IN_INDEX),
    held: () => count({ gate: { $gt: '' }, state: 'held' }, 'gate', MAX_READ),
    running: () => count({ worker: { $gt: '' } }, 'inHand', MAX_READ),
    failed: () =>
      collection.countDocuments({ state: 'failed' }, { hint: 'unsuccessful', limit: MAX_IN_INDEX }),
    async oldest(lanes) {
      const asked = [...lanes].map(async ([lane, kinds]) => {
        const filter = { state: 'ready' as const, lane, kind: { $in: [...kinds] } }
        const options = { hint: 'ready', sort: { rank: 1 }, projection: { lane: 1, dueAt: 1 } } as const
        return collection.findOne<Oldest>(filter, options)
      })
      return (await Promise.all(asked)).filter(found => found !== null)
    },
  }
}
