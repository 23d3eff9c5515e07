import type { Counts, Envelope } from '@daybook/shared/events'
import { isDuplicateKey } from '@daybook/shared/mongo/duplicate-keys'
import { driverCollection } from '@daybook/shared/mongo/model'
import { type EmbeddedEvent, embeddedOutbox, type Outbox } from '@daybook/shared/outbox'
import { type BareIdModel, bareGroupId } from '../adding/bare-id-model.ts'
import type { GroupModel } from '../stored/group-model.ts'
import { finalStates, openStates } from '../stored/job.ts'
import type { GroupBatch, JobGroup } from '../stored/job-group.ts'
import type { JobModel } from '../stored/job-model.ts'

/** The stored groups. */
export interface GroupStore {
  /** Stores a new group. @returns false when its id is taken */
  insert: (group: JobGroup) => Promise<boolean>
  find: (id: string) => Promise<JobGroup | undefined>
  /** The fingerprint of the group that was requested under an id; undefined when none was. */
  fingerprintOf: (id: string) => Promise<string | undefined>
  /** Accepts members. @returns the group; undefined when it is not open, or when too many of its members are not stored yet */
  accept: (id: string, batch: GroupBatch) => Promise<JobGroup | undefined>
  /** Records that the members of a batch are stored. */
  batchStored: (id: string, batch: string) => Promise<void>
  /** Groups with batches that were accepted before an instant and are not stored. */
  leftBatches: (before: Date, limit: number) => Promise<JobGroup[]>
  close: (id: string, at: Date) => Promise<void>
  /** A page of the closed groups that have not finished, by id. */
  closed: (after: string, limit: number) => Promise<string[]>
  /** Whether a job of the group has not ended. */
  hasOpenJob: (id: string) => Promise<boolean>
  count: (id: string) => Promise<Counts>
  /** Ends a group that is closed and whose members are all stored. @returns whether it did */
  finish: (id: string, fields: Pick<JobGroup, 'outbox' | 'thenDue'> & Ended) => Promise<boolean>
  /** The outbox of all groups. */
  outbox: (publish: (events: Envelope[]) => Promise<unknown>) => Outbox<EmbeddedEvent>
}

type Ended = Required<Pick<JobGroup, 'counts' | 'finishedAt' | 'removeAt'>>

// A document holds at most 16 MB: one batch has at most a few, and it is added only to less than this.
const ROOM_BYTES = 4_194_304
const hasRoom = { $expr: { $lt: [{ $bsonSize: { batches: '$batches' } }, ROOM_BYTES] } }
const withoutBatch = { 'batches.0': { $exists: false } }

export function groupStore(groups: GroupModel, jobs: JobModel, bareIds: BareIdModel): GroupStore {
  return {
    async insert(group) {
      try {
        await groups.create(group)
        return true
      } catch (error) {
        if (isDuplicateKey(error)) return false
        throw error
      }
    },
    find: async id => (await groups.findById(id, { outbox: 0 }).lean<JobGroup>()) ?? undefined,
    async fingerprintOf(id) {
      // The order matters: an id moves from the groups to the bare ids when its group is removed.
      const group = await groups.findById(id, { fingerprint: 1 }).lean<JobGroup>()
      if (group !== null) return group.fingerprint ?? ''
      return (await bareIds.findById(bareGroupId(id)).lean())?.fingerprint
    },
    async accept(id, batch) {
      const open = { _id: id, state: 'open' as const, ...hasRoom }
      const accepted = groups.findOneAndUpdate(
        open,
        { $push: { batches: batch } },
        { projection: { owner: 1 } },
      )
      return (await accepted.lean<JobGroup>()) ?? undefined
    },
    async batchStored(id, batch) {
      await groups.updateOne({ _id: id }, { $pull: { batches: { id: batch } } })
    },
    leftBatches: (before, limit) =>
      groups
        .find({ 'batches.at': { $lt: before } }, { outbox: 0 })
        .limit(limit)
        .lean<JobGroup[]>(),
    async close(id, at) {
      await groups.updateOne({ _id: id, state: 'open' }, { $set: { state: 'closed', closedAt: at } })
    },
    async closed(after, limit) {
      const page = groups
        .find({ state: 'closed', _id: { $gt: after } }, { _id: 1 })
        .sort({ _id: 1 })
        .limit(limit)
      return (await page.lean<{ _id: string }[]>()).map(({ _id }) => _id)
    },
    hasOpenJob: async group => (await jobs.exists({ group, state: { $in: openStates } })) !== null,
    count: group => countJobs(jobs, group),
    async finish(id, { outbox, ...fields }) {
      const { modifiedCount } = await groups.updateOne(
        { _id: id, state: 'closed', ...withoutBatch },
        { $set: { state: 'finished', ...fields }, $push: { outbox: { $each: outbox ?? [] } } },
      )
      return modifiedCount === 1
    },
    outbox: publish => embeddedOutbox(driverCollection(groups), publish),
  }
}

async function countJobs(jobs: JobModel, group: string): Promise<Counts> {
  const found = await jobs.aggregate<{ _id: keyof Counts; count: number }>([
    { $match: { group } },
    { $group: { _id: '$state', count: { $sum: 1 } } },
  ])
  const countOf = new Map(found.map(({ _id, count }) => [_id, count]))
  const counts = Object.fromEntries(finalStates.map(state => [state, countOf.get(state) ?? 0]))
  const total = found.reduce((sum, { count }) => sum + count, 0)
  return { total, ...counts } as Counts
}
