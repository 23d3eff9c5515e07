import { driverCollection, modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { finishUpdate, type Retention } from '../../stored/finish-store.ts'
import { type Job, waitingStates } from '../../stored/job.ts'
import type { JobsBase } from '../../stored/open-jobs-store.ts'

/** Until when the waiting jobs of a kind could have been sent: the clock by which they expire stops when they can't. */
interface KindClock {
  /** The kind. */
  _id: string
  servedAt: Date
}

/** All times by MongoDB's clock. */
export interface ExpiryStore {
  /** The kinds of jobs that can expire. */
  kinds: () => Promise<string[]>
  /** Until when the jobs of some kinds could be sent; kinds of which that never was so are absent. */
  served: (kinds: string[]) => Promise<Map<string, Date>>
  /**
   * Notes that the jobs of a kind can be sent now.
   * @param before as it was read
   * @returns false if another process has noted it since
   */
  setServed: (kind: string, before: Date | undefined, now: Date) => Promise<boolean>
  /**
   * Puts the expiry of jobs off by the time in which they were due and could not be sent. Safe to repeat and to interrupt:
   * each job remembers up to when that has been done.
   * @param served until when jobs of the kind could be sent; undefined: never
   */
  putOff: (kind: string, served: Date | undefined, now: Date) => Promise<void>
  /** Waiting jobs of a kind that have expired, the earliest first. */
  expired: (kind: string, now: Date, limit: number) => Promise<Job[]>
  /** Ends jobs as expired, unless they have changed since they were read. Returns those that it ended. */
  expire: (jobs: Job[], now: Date, retention: Retention) => Promise<Job[]>
}

// How many jobs are put off at once.
const PAGE = 1000

const clockSchema = schemaOf<KindClock>({ servedAt: Date })
const waiting = { $in: [...waitingStates] }

export function expiryStore({ connection, jobs }: Pick<JobsBase, 'connection' | 'jobs'>): ExpiryStore {
  const clocks = driverCollection(modelOf(connection, 'job_kind_clocks', clockSchema))
  const collection = driverCollection(jobs)
  return {
    kinds: () => collection.distinct('kind', { kind: { $gt: '' }, expiresAt: { $gt: new Date(0) } }),
    async served(kinds) {
      const found = await clocks.find({ _id: { $in: kinds } }).toArray()
      return new Map(found.map(({ _id, servedAt }) => [_id, servedAt]))
    },
    async setServed(kind, before, now) {
      if (before === undefined) {
        const { upsertedCount } = await clocks.updateOne(
          { _id: kind },
          { $setOnInsert: { servedAt: now } },
          { upsert: true },
        )
        return upsertedCount === 1
      }
      const { matchedCount } = await clocks.updateOne(
        { _id: kind, servedAt: before },
        { $set: { servedAt: now } },
      )
      return matchedCount === 1
    },
    async putOff(kind, served, now) {
      const behind = { kind, expiresAt: { $exists: true }, dueAt: { $lte: now }, expiryFrom: { $lt: now } }
      const stoppedAt = { $max: ['$expiryFrom', '$dueAt', served ?? new Date(0)] }
      const later = { $add: ['$expiresAt', { $subtract: [now, stoppedAt] }] }
      const found = collection
        .find(behind, { hint: 'expires', batchSize: PAGE })
        .project<Pick<Job, '_id'>>({ _id: 1 })
      for await (const ids of pagesOf(found))
        await collection.updateMany({ ...behind, _id: { $in: ids } }, [
          { $set: { expiresAt: later, expiryFrom: now } },
        ])
    },
    expired: (kind, now, limit) =>
      collection
        .find({ kind, state: waiting, expiresAt: { $lte: now } }, { hint: 'expires' })
        .sort({ expiresAt: 1 })
        .limit(limit)
        .toArray() as Promise<Job[]>,
    async expire(found, now, retention) {
      if (found.length === 0) return []
      const asRead = ({ _id, state, attempt, expiresAt }: Job) => ({
        _id,
        state,
        attempt,
        expiresAt: expiresAt as Date,
      })
      await jobs.bulkWrite(
        found.map(job => ({
          updateOne: {
            filter: asRead(job),
            update: finishUpdate(job, { state: 'expired', at: now }, retention),
          },
        })),
        { ordered: false },
      )
      const ended = await collection
        .find({ _id: { $in: found.map(({ _id }) => _id) }, state: 'expired', finishedAt: now })
        .project<Pick<Job, '_id'>>({ _id: 1 })
        .toArray()
      const ids = new Set(ended.map(({ _id }) => _id))
      return found.filter(({ _id }) => ids.has(_id))
    },
  }
}

async function* pagesOf(found: AsyncIterable<Pick<Job, '_id'>>): AsyncGenerator<string[]> {
  let page: string[] = []
  for await (const { _id } of found) {
    page.push(_id)
    if (page.length < PAGE) continue
    yield page
    page = []
  }
  if (page.length > 0) yield page
}
