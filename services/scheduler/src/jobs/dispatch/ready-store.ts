import { driverCollection } from '@daybook/shared/mongo/model'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import type { Page } from './choice/pages.ts'

/** A job whose time comes. */
export type DueJob = Pick<Job, '_id' | 'kind' | 'lane' | 'dueAt' | 'gate'>

/** Finds jobs that may be sent. Each operation reads what it returns and nothing else, however many jobs wait. */
export interface ReadyJobs {
  /** Delayed jobs that are due before an instant, the earliest first. */
  due: (before: Date, limit: number) => Promise<DueJob[]>
  /** Gives delayed jobs that are due their next state, and a lane. */
  promote: (ids: string[], to: { state: 'ready' | 'held'; lane: string }) => Promise<void>
  /** The ready jobs of a page, by rank. Suspects are left out. */
  read: (page: Page) => Promise<Job[]>
  /** Ready jobs that need a worker for themselves, by rank. */
  suspects: (limit: number) => Promise<Job[]>
  /** The lanes that have ready jobs, with the kinds of these jobs. */
  lanes: () => Promise<Map<string, string[]>>
  /**
   * Moves ready jobs of a kind to another lane.
   * @returns how many were moved, at most `limit`
   */
  move: (from: { lane: string; kind: string }, to: string, limit: number) => Promise<number>
}

// What a dispatch does not need and what can be large.
const brief = { outbox: 0, attempts: 0, then: 0, progress: 0 } as const

export function readyJobs({ jobs }: Pick<JobsBase, 'jobs'>): ReadyJobs {
  const collection = driverCollection(jobs)
  return {
    due: (before, limit) =>
      collection
        .find({ state: 'delayed', dueAt: { $lte: before } }, { hint: 'delayed' })
        .project<DueJob>({ kind: 1, lane: 1, dueAt: 1, gate: 1 })
        .sort({ dueAt: 1 })
        .limit(limit)
        .toArray(),
    async promote(ids, to) {
      await collection.updateMany({ _id: { $in: ids }, state: 'delayed' }, { $set: to }, { hint: '_id_' })
    },
    read: ({ lane, kinds, limit }) =>
      collection
        .find(
          { state: 'ready', lane, kind: { $in: kinds }, suspect: { $ne: true } },
          { hint: 'ready', projection: brief, batchSize: limit },
        )
        .sort({ rank: 1 })
        .limit(limit)
        .toArray() as Promise<Job[]>,
    suspects: limit =>
      collection
        .find({ state: 'ready', suspect: true }, { hint: 'suspects', projection: brief })
        .sort({ rank: 1 })
        .limit(limit)
        .toArray() as Promise<Job[]>,
    async lanes() {
      const lanes = await collection.distinct('lane', { state: 'ready' })
      const kinds = lanes.map(lane => collection.distinct('kind', { state: 'ready', lane }))
      return new Map((await Promise.all(kinds)).map((found, i) => [lanes[i] as string, found]))
    },
    async move({ lane, kind }, to, limit) {
      const found = await collection
        .find({ state: 'ready', lane, kind }, { hint: 'ready' })
        .project<Pick<Job, '_id'>>({ _id: 1 })
        .limit(limit)
        .toArray()
      const ids = found.map(({ _id }) => _id)
      if (ids.length > 0)
        await collection.updateMany({ _id: { $in: ids }, state: 'ready', lane }, { $set: { lane: to } })
      return ids.length
    },
  }
}
