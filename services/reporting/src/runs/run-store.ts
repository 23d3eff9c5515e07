import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import { outboxIndex } from '@daybook/shared/outbox'
import { olderTimeZones } from '@daybook/shared/time/days'
import type { Connection, mongo } from 'mongoose'
import { type DayInZone, runId } from '../run-id.ts'
import type { Run } from './run.ts'

/** How long a process may be silent before another takes its run over, in milliseconds. */
export const LEASE = 10_000
const AT_ONCE = 500

/** Through which day a time zone is closed; `_id` is its name. */
export interface ClosedZone {
  _id: string
  closedThrough: string
  /** Under an older name: how much of what earlier versions closed has been gone over. */
  reviewedThrough?: string
}

export const closedZones = (connection: Connection) => collectionOf<ClosedZone>(connection, 'time_zones')

type RunUpdate = Pick<mongo.UpdateFilter<Run>, '$set' | '$unset' | '$push'>

/** The runs, and which days are closed: what the run loop and the projector agree by. */
export interface Runs {
  collection: mongo.Collection<Run>
  /** Makes the runs that are not there yet or are empty, in the state closing. */
  create: (days: DayInZone[]) => Promise<void>
  find: (ids: string[]) => Promise<Run[]>
  /**
   * Runs that are not done, newest day first, up to as many as are advanced in one go. One under an older name of its
   * time zone is not among them: it is replaced.
   */
  unfinished: () => Promise<Run[]>
  /** How many runs are not done although they were made before an instant. */
  countOverdue: (before: Date) => Promise<number>
  /** Runs before the one with the id `before`, newest day first. */
  list: (wanted: {
    state?: Run['state'] | undefined
    before?: string | undefined
    limit: number
  }) => Promise<Run[]>
  /**
   * Takes or renews the lease of a run that is still as it was read.
   * @returns whether `owner` has the run to itself for the next `LEASE` milliseconds
   */
  lease: (read: Run, owner: string) => Promise<boolean>
  /** Ends all leases of an owner, so that nobody waits for them to run out. */
  release: (owner: string) => Promise<void>
  /**
   * Takes a run a step further, which ends its lease.
   * @param update $set, $unset or $push, but not of the lease
   * @returns whether the run was still as it was read: in the same state, with the same barriers
   */
  update: (read: Run, update: RunUpdate) => Promise<boolean>
  /** Removes a run if it is still empty. */
  removeEmpty: (id: string) => Promise<void>
  /** Notes that a day is past closing: from now on its completions are late. */
  close: (day: string, timeZone: string) => Promise<void>
  /** @returns which of these are of days that are past closing */
  pastClosing: <One extends DayInZone>(ones: One[]) => Promise<Set<One>>
}

export const notDone = { state: { $in: ['closing', 'writing', 'empty'] } } satisfies mongo.Filter<Run>

const absent = { $exists: false } as const

/** The filter of a run that nobody has taken further since it was read. */
const asRead = ({ _id, state, closingOffsets, jobOffsets }: Run): mongo.Filter<Run> => ({
  _id,
  state,
  closingOffsets: closingOffsets ?? absent,
  jobOffsets: jobOffsets ?? absent,
})

const noLease = { leaseOwner: '', leaseUntil: '' } as const

/** The fields of a run that say that its log requests were sent, for `$unset`. */
export const sentJobs = { jobOffsets: '', jobs: '', jobsSentAt: '' } as const
// Both barriers are to be noted anew: what made somebody ask for the run came after the old ones.
const reopening = {
  $set: { state: 'closing' as const },
  $unset: { closingOffsets: '' as const, ...sentJobs },
}

export async function openRuns(connection: Connection): Promise<Runs> {
  const runs = collectionOf<Run>(connection, 'runs')
  const zones = closedZones(connection)
  await runs.createIndexes([
    { key: { state: 1 }, name: 'state' },
    { key: outboxIndex[0], ...outboxIndex[1] },
  ])

  return {
    collection: runs,
    async create(days) {
      const writes = days.flatMap(({ day, timeZone }) => {
        const _id = runId(day, timeZone)
        const run = { day, timeZone, state: 'closing', createdAt: new Date() } as const
        return [
          { updateOne: { filter: { _id, state: 'empty' as const }, update: reopening } },
          { updateOne: { filter: { _id }, update: { $setOnInsert: run }, upsert: true } },
        ]
      })
      // In order: an empty run that is removed before it could be reopened is made anew.
      await runs.bulkWrite(writes)
    },
    find: ids => runs.find({ _id: { $in: ids } }).toArray(),
    list({ state, before, limit }) {
      const filter = { ...(state ? { state } : {}), ...(before ? { _id: { $lt: before } } : {}) }
      return runs.find(filter).sort({ _id: -1 }).limit(limit).toArray()
    },
    unfinished: () =>
      runs
        .find({ ...notDone, timeZone: { $nin: olderTimeZones } })
        .sort({ _id: -1 })
        .limit(AT_ONCE)
        .toArray(),
    // By the index on the state: what is not done is little, however many are.
    countOverdue: before => runs.countDocuments({ ...notDone, createdAt: { $lt: before } }),
    async lease(read, leaseOwner) {
      const now = Date.now()
      const free = { $or: [{ leaseOwner }, { leaseUntil: absent }, { leaseUntil: { $lt: new Date(now) } }] }
      const lease = { leaseOwner, leaseUntil: new Date(now + LEASE) }
      return (await runs.updateOne({ ...asRead(read), ...free }, { $set: lease })).matchedCount === 1
    },
    async release(leaseOwner) {
      await runs.updateMany({ ...notDone, leaseOwner }, { $unset: noLease })
    },
    async update(read, update) {
      const step = { ...update, $unset: { ...update.$unset, ...noLease } } as mongo.UpdateFilter<Run>
      return (await runs.updateOne(asRead(read), step)).matchedCount === 1
    },
    async removeEmpty(_id) {
      await runs.deleteOne({ _id, state: 'empty' })
    },
    async close(day, timeZone) {
      await zones.updateOne({ _id: timeZone }, { $max: { closedThrough: day } }, { upsert: true })
    },
    async pastClosing(ones) {
      const timeZones = [...new Set(ones.map(({ timeZone }) => timeZone))]
      const found = await zones.find({ _id: { $in: timeZones } }).toArray()
      const closedThrough = new Map(found.map(zone => [zone._id, zone.closedThrough]))
      return new Set(ones.filter(({ day, timeZone }) => day <= (closedThrough.get(timeZone) ?? '')))
    },
  }
}
