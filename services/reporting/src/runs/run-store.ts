import { type DayReported, type Envelope, traced } from '@daybook/shared/events'
import { type Offsets, offsetsToJson } from '@daybook/shared/kafka'
import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, embeddedOutbox, type Outbox, outboxEntries } from '@daybook/shared/outbox'
import { olderTimeZones, storedNames } from '@daybook/shared/time/days'
import type { Connection, QueryFilter } from 'mongoose'
import type { Leases } from '../leases/lease.ts'
import { leasedSteps, noLease } from '../leases/leased-store.ts'
import { type DayInZone, runId } from '../run-id.ts'
import { notDone, type Run, runModel } from './run-model.ts'

/** At most so many runs are listed as unfinished. */
export const MAX_UNFINISHED = 500

/** Which runs are listed. */
export interface WantedRuns {
  state?: Run['state'] | undefined
  day?: string | undefined
  /** The current name of a time zone. Its older names count as it. */
  timeZone?: string | undefined
  before?: string | undefined
  limit: number
}

/** A day for which a run is made. */
export interface DayToReport extends DayInZone {
  /** When the day ended, by its EndOfDay: its run waits for tasks. Absent when the day was closed before. */
  endedAt?: Date
  /** The trace context of what makes it. */
  traceparent?: string
}

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
export interface Runs extends Leases<Run> {
  /**
   * Makes the runs that are missing, and starts empty runs again. Both are then closing. Of all other runs, only those that
   * still wait for tasks are changed: they wait for the later end of the day.
   */
  create: (days: DayToReport[]) => Promise<void>
  /** Records what tasks has published: the first barrier of all runs that wait for it. */
  recordPublished: (endedAt: Date, offsets: Record<string, string>) => Promise<void>
  find: (ids: string[]) => Promise<Run[]>
  /**
   * Runs that are not done, newest day first, at most as many as one pass advances. Runs under an older name of a time
   * zone are left out, because they are replaced.
   */
  unfinished: () => Promise<Run[]>
  /** The runs that are not done although they were made before an instant. */
  overdue: (before: Date) => Promise<Run[]>
  /** Those of some days of which a run is not done, or has not published DayReported yet. */
  unreported: (days: string[]) => Promise<Set<string>>
  /** Lists runs whose id is less than `before`, newest day first. */
  list: (wanted: WantedRuns) => Promise<Run[]>
  /** Ends all leases of an owner, so that no other process has to wait until they expire. */
  release: (owner: string) => Promise<void>
  /** Records the first barrier of a run that does not wait for tasks: the end offsets of daybook.tasks. */
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

const noRequests = { jobOffsets: '', jobs: '', counts: '', jobsSentAt: '' } as const

/** What a run has of its cause. */
const causeOf = ({ endedAt, traceparent }: DayToReport): Pick<Run, 'endedAt' | 'traceparent'> => ({
  ...(endedAt && { endedAt }),
  ...traced(traceparent),
})

// Both barriers are removed and recorded again, because the event that starts the run again came after the old barriers.
const reopening = (day: DayToReport) => {
  const absent = { ...(day.endedAt ? {} : { endedAt: '' }), ...(day.traceparent ? {} : { traceparent: '' }) }
  return {
    $set: { state: 'closing', ...causeOf(day) },
    $unset: { closingOffsets: '', ...noRequests, ...absent },
  } as const
}

/** The filter for runs that wait until everything from before an instant is published. */
const waitingForTasks = (endedAt: { $lt: Date } | { $lte: Date }) =>
  ({ state: 'closing', endedAt, closingOffsets: absent }) as const

export async function openRuns(connection: Connection): Promise<Runs> {
  const runs = runModel(connection)
  await createIndexes(runs)

  const { advance, lease } = leasedSteps(runs, asRead)

  return {
    async create(days) {
      const writes = days.flatMap(given => {
        const { day, timeZone, endedAt } = given
        const _id = runId(day, timeZone)
        const run = { day, timeZone, state: 'closing', createdAt: new Date() } as const
        const later = endedAt && {
          updateOne: {
            filter: { _id, ...waitingForTasks({ $lt: endedAt }) },
            update: { $set: causeOf(given) },
          },
        }
        return [
          { updateOne: { filter: { _id, state: 'empty' as const }, update: reopening(given) } },
          {
            updateOne: {
              filter: { _id },
              update: { $setOnInsert: { ...run, ...causeOf(given) } },
              upsert: true,
            },
          },
          ...(later ? [later] : []),
        ]
      })
      // The writes are ordered: if another process removes an empty run before the first write, the second write makes the
      // run.
      await runs.bulkWrite(writes)
    },
    async recordPublished(endedAt, closingOffsets) {
      await runs.updateMany(waitingForTasks({ $lte: endedAt }), { $set: { closingOffsets } })
    },
    find: ids => runs.find({ _id: { $in: ids } }).lean<Run[]>(),
    list({ state, day, timeZone, before, limit }) {
      const conditions: QueryFilter<Run>[] = [
        ...(state ? [{ state }] : []),
        ...(day ? [{ _id: beginningWith(`${day}@`) }] : []),
        ...(timeZone ? [{ timeZone: { $in: storedNames(timeZone) } }] : []),
        ...(before ? [{ _id: { $lt: before } }] : []),
      ]
      const filter = conditions.length > 0 ? { $and: conditions } : {}
      return runs.find(filter).sort({ _id: -1 }).limit(limit).lean<Run[]>()
    },
    unfinished: () =>
      runs
        .find({ ...notDone, timeZone: { $nin: [...olderTimeZones] } })
        .sort({ _id: -1 })
        .limit(MAX_UNFINISHED)
        .lean<Run[]>(),
    // Uses the index on the state, because only few of all runs are not done.
    overdue: before => runs.find({ ...notDone, createdAt: { $lt: before } }).lean<Run[]>(),
    async unreported(days) {
      const unpublished: QueryFilter<Run>[] = [notDone, { outbox: { $exists: true } }]
      const found = await runs.find({ day: { $in: days }, $or: unpublished }, { day: 1 }).lean<Run[]>()
      return new Set(found.map(({ day }) => day))
    },
    lease,
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
    markReported(read, doneAt, event) {
      const { manifestSha256 } = event.data
      return advance(read, {
        $set: { state: 'done', doneAt, ...(manifestSha256 ? { manifestSha256 } : {}) },
        $push: { outbox: { $each: outboxEntries([event]) } },
      })
    },
    async removeEmpty(_id) {
      await runs.deleteOne({ _id, state: 'empty' })
    },
    outbox: publish => embeddedOutbox(driverCollection(runs), publish),
  }
}
