import type { ResultEvents } from '@daybook/shared/events'
import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { mongo } from 'mongoose'
import type { JobWorker } from '../../stored/job-worker.ts'
import type { WorkerModel } from '../../stored/worker-model.ts'

/** A beat as the broker appended it. */
export interface Beat {
  data: ResultEvents['WorkerBeat']['data']
  at: Date
  partition: number
}

export type WorkerStatus = Pick<JobWorker, '_id' | 'state' | 'lostAt' | 'quietAskedAt'>

/** The stored workers. */
export interface Workers {
  /** The workers with these ids, without what they run. */
  statusOf: (ids: readonly string[]) => Promise<Map<string, WorkerStatus>>
  /** Stores the newest beat of each worker. Beats that are older than a stored one, or of lost workers, change nothing. */
  beats: (beats: readonly Beat[]) => Promise<void>
  /** Adds to the numbers of attempts that have ended. */
  countEnded: (ended: ReadonlyMap<string, number>) => Promise<void>
  /** Workers of a partition that have not stopped and whose last beat is before an instant, also lost ones. */
  silentSince: (partition: number, before: Date) => Promise<JobWorker[]>
  /** Marks a worker as lost, unless it has sent a beat since it was read. Returns whether it is lost now. */
  lose: (read: JobWorker, running: JobWorker['running'], at: Date) => Promise<boolean>
  /** Ends a lost worker: its attempts are settled. */
  end: (id: string) => Promise<void>
  askToBeQuiet: (id: string, at: Date) => Promise<boolean>
  /** Removes workers of a partition that have ended and whose last beat is before an instant. */
  remove: (partition: number, before: Date) => Promise<void>
}

type Filter = mongo.Filter<JobWorker>

export function openWorkers(model: WorkerModel): Workers {
  const workers = driverCollection(model)
  const status = { state: 1, lostAt: 1, quietAskedAt: 1 }
  return {
    async statusOf(ids) {
      if (ids.length === 0) return new Map()
      const found = workers.find({ _id: { $in: [...ids] } }, { projection: status })
      return new Map((await found.toArray()).map(worker => [worker._id, worker as WorkerStatus]))
    },
    async beats(beats) {
      const newest = new Map(beats.map(beat => [beat.data.worker, beat]))
      if (newest.size === 0) return
      const writes = [...newest.values()].map(beat => ({ updateOne: upsertOf(beat) }))
      try {
        await workers.bulkWrite(writes, { ordered: false })
      } catch (error) {
        // An upsert fails on `_id` when the stored worker is lost or has a newer beat. Any other error is thrown again.
        duplicatesIn(error)
      }
    },
    async countEnded(ended) {
      if (ended.size === 0) return
      const writes = [...ended].map(([_id, count]) => ({
        updateOne: { filter: { _id } as Filter, update: { $inc: { ended: count } } },
      }))
      await workers.bulkWrite(writes, { ordered: false })
    },
    silentSince: (partition, before) =>
      workers.find({ partition, beatAt: { $lt: before }, state: { $ne: 'stopped' } }).toArray() as Promise<
        JobWorker[]
      >,
    async lose({ _id, beatAt }, running, at) {
      const unchanged = { _id, beatAt, lostAt: { $exists: false }, state: { $ne: 'stopped' } } as Filter
      const { matchedCount } = await workers.updateOne(unchanged, { $set: { lostAt: at, running } })
      return matchedCount === 1
    },
    async end(_id) {
      await workers.updateOne({ _id } as Filter, { $set: { state: 'stopped' } })
    },
    async askToBeQuiet(_id, at) {
      const { matchedCount } = await workers.updateOne({ _id } as Filter, { $set: { quietAskedAt: at } })
      return matchedCount === 1
    },
    async remove(partition, before) {
      await workers.deleteMany({ partition, beatAt: { $lt: before }, state: 'stopped' })
    },
  }
}

function upsertOf({ data, at, partition }: Beat) {
  const {
    worker: _id,
    via = 'kafka' as const,
    name,
    version,
    lanes,
    kinds,
    slots,
    running,
    blockedMs,
    state,
  } = data
  const fields = {
    ...{ name, version, kinds, slots, blockedMs, state, via, partition, beatAt: at },
    lanes: lanes.map(({ lane, partitions }) => ({ lane, partitions })),
    running: running.map(({ job, attempt }) => ({ job, attempt })),
  }
  return {
    filter: { _id, beatAt: { $lt: at }, lostAt: { $exists: false } } as Filter,
    update: { $set: fields, $setOnInsert: { ended: 0 } },
    upsert: true,
  }
}
