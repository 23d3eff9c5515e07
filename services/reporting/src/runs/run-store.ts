import type { DayReported, Envelope } from '@daybook/shared/events'
import { type Offsets, offsetsToJson } from '@daybook/shared/kafka'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, embeddedOutbox, type Outbox, outboxEntries } from '@daybook/shared/outbox'
import { olderTimeZones } from '@daybook/shared/time/days'
import type { Connection, QueryFilter, UpdateQuery } from 'mongoose'
import { type DayInZone, runId } from '../run-id.ts'
import { LEASE_MS, type Leases } from './lease.ts'
import { notDone, type Run, runModel } from './run-model.ts'

const MAX_UNFINISHED = 500

/** The log requests of a run. */
export interface SentRequests {
  requests: number
  counts: NonNullable<Run['counts']>
}

/**
 * The stored runs. An operation that advances a run gets the run as it was read. If the run still has the same state and the
 * same barriers, the operation changes the run, ends its lease, and returns true. Otherwise it changes nothing and returns
 * false.
 */
export interface Runs extends Leases {
  /** Makes the runs that are missing, and starts empty runs again. Both are then closing. All other runs stay as they are. */
  create: (days: DayInZone[]) => Promise<void>
  find: (ids: string[]) => Promise<Run[]>
  /**
   * Runs that are not done, newest day first, at most as many as one pass advances. Runs under an older name of a time
   * zone are left out, because they are replaced.
   */
  unfinished: () => Promise<Run[]>
  /** Counts the runs that are not done although they were made before an instant. */
  countOverdue: (before: Date) => Promise<number>
  /** Lists runs whose id is less than `before`, newest day first. */
  list: (wanted: {
    state?: Run['state'] | undefined
    before?: string | undefined
    limit: number
  }) => Promise<Run[]>
  /** Ends all leases of an owner, so that no other process has to wait until they expire. */
  release: (owner: string) => Promise<void>
  /** Records the first barrier: the end offsets of daybook.tasks after the day was over. */
  recordClosingOffsets: (read: Run, tasksEnd: Offsets) => Promise<boolean>
  /** Changes the state of a closing run to writing. */
  startWriting: (read: Run) => Promise<boolean>
  markEmpty: (read: Run) => Promise<boolean>
  /**
   * Records the second barrier, the end offsets of the topic after all log requests of the run were sent, with how many
   * requests these are and what they count.
   */
  recordRequestsSent: (read: Run, sent: SentRequests, requestsEnd: Offsets) => Promise<boolean>
  /** Removes the second barrier, so that the log requests are sent again. */
  forgetRequests: (read: Run) => Promise<boolean>
  /** Marks a run as done, and stores the event that reports its day. */
  markReported: (read: Run, doneAt: Date, event: DayReported) => Promise<boolean>
  /** Removes a run if it is still empty. */
  removeEmpty: (id: string) => Promise<void>
  /** The outbox in which `markReported` stores events. */
  outbox: (publish: (events: Envelope[]) => Promise<unknown>) => Outbox<EmbeddedEvent>
}

const absent = { $exists: false } as const

/** The filter for a run that no process has advanced since it was read. */
const asRead = ({ _id, state, closingOffsets, jobOffsets }: Run): QueryFilter<Run> => ({
  _id,
  state,
  closingOffsets: closingOffsets ?? absent,
  jobOffsets: jobOffsets ?? absent,
})

const noLease = { leaseOwner: '', leaseUntil: '' } as const
const noRequests = { jobOffsets: '', jobs: '', counts: '', jobsSentAt: '' } as const

// Both barriers are removed and recorded again, because the event that starts the run again came after the old barriers.
const reopening = {
  $set: { state: 'closing' },
  $unset: { closingOffsets: '', ...noRequests },
} as const

export async function openRuns(connection: Connection): Promise<Runs> {
  const runs = runModel(connection)
  await createIndexes(runs)

  async function advance(read: Run, update: UpdateQuery<Run>): Promise<boolean> {
    const step = { ...update, $unset: { ...update.$unset, ...noLease } }
    return (await runs.updateOne(asRead(read), step)).matchedCount === 1
  }

  return {
    async create(days) {
      const writes = days.flatMap(({ day, timeZone }) => {
        const _id = runId(day, timeZone)
        const run = { day, timeZone, state: 'closing', createdAt: new Date() } as const
        return [
          { updateOne: { filter: { _id, state: 'empty' as const }, update: reopening } },
          { updateOne: { filter: { _id }, update: { $setOnInsert: run }, upsert: true } },
        ]
      })
      // The writes are ordered: if another process removes an empty run before the first write, the second write makes the
      // run.
      await runs.bulkWrite(writes)
    },
    find: ids => runs.find({ _id: { $in: ids } }).lean<Run[]>(),
    list({ state, before, limit }) {
      const filter = { ...(state ? { state } : {}), ...(before ? { _id: { $lt: before } } : {}) }
      return runs.find(filter).sort({ _id: -1 }).limit(limit).lean<Run[]>()
    },
    unfinished: () =>
      runs
        .find({ ...notDone, timeZone: { $nin: [...olderTimeZones] } })
        .sort({ _id: -1 })
        .limit(MAX_UNFINISHED)
        .lean<Run[]>(),
    // Uses the index on the state, because only few of all runs are not done.
    countOverdue: before => runs.countDocuments({ ...notDone, createdAt: { $lt: before } }),
    async lease(read, leaseOwner) {
      const now = Date.now()
      const free = { $or: [{ leaseOwner }, { leaseUntil: absent }, { leaseUntil: { $lt: new Date(now) } }] }
      const lease = { leaseOwner, leaseUntil: new Date(now + LEASE_MS) }
      return (await runs.updateOne({ ...asRead(read), ...free }, { $set: lease })).matchedCount === 1
    },
    async release(leaseOwner) {
      await runs.updateMany({ ...notDone, leaseOwner }, { $unset: noLease })
    },
    recordClosingOffsets: (read, tasksEnd) =>
      advance(read, { $set: { closingOffsets: offsetsToJson(tasksEnd) } }),
    startWriting: read => advance(read, { $set: { state: 'writing', writingAt: new Date() } }),
    markEmpty: read => advance(read, { $set: { state: 'empty' } }),
    recordRequestsSent: (read, { requests: jobs, counts }, requestsEnd) =>
      advance(read, {
        $set: { jobs, counts, jobOffsets: offsetsToJson(requestsEnd), jobsSentAt: new Date() },
      }),
    forgetRequests: read => advance(read, { $unset: noRequests }),
    markReported: (read, doneAt, event) =>
      advance(read, {
        $set: { state: 'done', doneAt },
        $push: { outbox: { $each: outboxEntries([event]) } },
      }),
    async removeEmpty(_id) {
      await runs.deleteOne({ _id, state: 'empty' })
    },
    outbox: publish => embeddedOutbox(driverCollection(runs), publish),
  }
}
