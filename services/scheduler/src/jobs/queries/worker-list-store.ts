import { containing } from '@daybook/shared/mongo/containing'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { mongo } from 'mongoose'
import type { JobWorker } from '../stored/job-worker.ts'
import type { WorkerModel } from '../stored/worker-model.ts'
import type { PlaceOfWorker } from './worker-cursor.ts'

/** A worker of a list has so many of its attempts at most: it may run 10,000. */
export const MAX_RUNNING = 100

/** A worker with the first attempts that it runs, and how many it runs. */
export type ListedWorker = JobWorker & { runningCount: number }

/** What the workers that are alive can do, and do. */
export interface WorkerCounts {
  alive: number
  running: number
  slots: number
}

/** Lists workers: those that have stopped after the others, and both by name. */
export interface WorkerList {
  /** @param page.q a part of a name, id, lane or kind, in upper or lower case */
  page: (page: {
    q?: string | undefined
    after?: PlaceOfWorker | undefined
    limit: number
  }) => Promise<ListedWorker[]>
  /** Counts the workers that are alive, as far as their beats say. */
  count: (q?: string) => Promise<WorkerCounts>
}

// In the order of `inState`, MongoDB merges the workers of these states from the index.
const inState = (stopped: boolean) =>
  stopped ? 'stopped' : { $in: ['working', 'quiet', 'stopping'] satisfies JobWorker['state'][] }

export function openWorkerList(model: WorkerModel): WorkerList {
  const workers = driverCollection(model)
  const part = (stopped: boolean, { q, after, limit }: Parameters<WorkerList['page']>[0]) =>
    workers
      .aggregate<ListedWorker>(
        [
          { $match: { state: inState(stopped), ...following(after), ...having(q) } },
          { $sort: { name: 1, _id: 1 } },
          { $limit: limit },
          {
            $set: {
              runningCount: { $size: '$running' },
              running: { $slice: ['$running', MAX_RUNNING] },
            },
          },
        ],
        { hint: 'list' },
      )
      .toArray()
  return {
    async page(wanted) {
      const { after, limit } = wanted
      if (after?.stopped) return part(true, wanted)
      const first = await part(false, wanted)
      if (first.length === limit) return first
      const others = await part(true, { ...wanted, after: undefined, limit: limit - first.length })
      return [...first, ...others]
    },
    async count(q) {
      const sums = { alive: { $sum: 1 }, running: { $sum: { $size: '$running' } }, slots: { $sum: '$slots' } }
      const alive = { state: inState(false), lostAt: { $exists: false }, ...having(q) }
      const [found] = await workers
        .aggregate<WorkerCounts>([{ $match: alive }, { $group: { _id: null, ...sums } }, { $unset: '_id' }], {
          hint: 'list',
        })
        .toArray()
      return found ?? { alive: 0, running: 0, slots: 0 }
    },
  }
}

const following = (after: PlaceOfWorker | undefined): mongo.Filter<JobWorker> =>
  after === undefined
    ? {}
    : { name: { $gte: after.name }, $nor: [{ name: after.name, _id: { $lte: after.id } }] }

function having(q: string | undefined): mongo.Filter<JobWorker> {
  if (q === undefined) return {}
  const text = containing(q)
  return { $or: [{ name: text }, { _id: text }, { 'lanes.lane': text }, { kinds: text }] }
}
