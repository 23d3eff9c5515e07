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

const alive = { state: { $in: ['working', 'quiet', 'stopping'] satisfies JobWorker['state'][] } }
const stopped = { state: 'stopped' as const }

export function openWorkerList(model: WorkerModel): WorkerList {
  const workers = driverCollection(model)
  const first = (limit: number, conditions: mongo.Filter<JobWorker>) =>
    workers
      .aggregate<ListedWorker>(
        [
          { $match: conditions },
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
    async page({ q, after, limit }) {
      const page: ListedWorker[] = []
      for (const part of partsAfter(after)) {
        if (page.length === limit) break
        page.push(...(await first(limit - page.length, { ...part, ...having(q) })))
      }
      return page
    },
    async count(q) {
      const sums = { alive: { $sum: 1 }, running: { $sum: { $size: '$running' } }, slots: { $sum: '$slots' } }
      const counted = { ...alive, lostAt: { $exists: false }, ...having(q) }
      const [found] = await workers
        .aggregate<WorkerCounts>(
          [{ $match: counted }, { $group: { _id: null, ...sums } }, { $unset: '_id' }],
          {
            hint: 'list',
          },
        )
        .toArray()
      return found ?? { alive: 0, running: 0, slots: 0 }
    },
  }
}

/** The parts of the list after a place, in their order. MongoDB sorts each by the index, and reads no workers but those that it returns. */
function partsAfter(after: PlaceOfWorker | undefined): mongo.Filter<JobWorker>[] {
  if (after === undefined) return [alive, stopped]
  const { name, id } = after
  const rest = (state: mongo.Filter<JobWorker>) => [
    { ...state, name, _id: { $gt: id } },
    { ...state, name: { $gt: name } },
  ]
  return after.stopped ? rest(stopped) : [...rest(alive), stopped]
}

function having(q: string | undefined): mongo.Filter<JobWorker> {
  if (q === undefined) return {}
  const text = containing(q)
  return { $or: [{ name: text }, { _id: text }, { 'lanes.lane': text }, { kinds: text }] }
}
