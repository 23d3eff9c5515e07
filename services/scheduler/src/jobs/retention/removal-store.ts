import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { BareId, BareIdModel } from '../adding/bare-id-model.ts'
import { endNotes } from '../outcomes/end-notes/end-note-store.ts'
import type { GroupModel } from '../stored/group-model.ts'
import type { Job } from '../stored/job.ts'
import type { JobGroup } from '../stored/job-group.ts'
import type { JobModel } from '../stored/job-model.ts'

/** A job whose time to be removed has come, with what decides whether it can be. */
export type Removable = Pick<Job, '_id' | 'fingerprint' | 'group' | 'outbox' | 'thenDue'>
export type RemovableGroup = Pick<JobGroup, '_id' | 'fingerprint' | 'outbox' | 'thenDue'>

/** Removes jobs, groups and bare ids whose time has come, in small batches: see `removeEnded`. */
export interface RemovalStore {
  /** Whether events of jobs that ended together before an instant are not published. */
  areEndsLeft: (before: Date) => Promise<boolean>
  jobs: (now: Date, limit: number) => Promise<Removable[]>
  /** Those of these groups that have not finished. */
  unfinished: (groups: string[]) => Promise<Set<string>>
  removeJobs: (ids: string[], now: Date) => Promise<number>
  postponeJobs: (ids: string[], until: Date) => Promise<void>
  groups: (now: Date, limit: number) => Promise<RemovableGroup[]>
  removeGroups: (ids: string[], now: Date) => Promise<number>
  postponeGroups: (ids: string[], until: Date) => Promise<void>
  /** Keeps chosen ids. Ids that are kept already stay as they are. */
  keepIds: (ids: BareId[]) => Promise<void>
  /** Removes bare ids whose time has come, at most `limit`. @returns how many */
  removeIds: (now: Date, limit: number) => Promise<number>
}

const due = (now: Date) => ({ removeAt: { $lte: now } })
const fields = { fingerprint: 1, group: 1, thenDue: 1, 'outbox.storedAt': 1 } as const

export function removalStore(jobs: JobModel, groups: GroupModel, bareIds: BareIdModel): RemovalStore {
  const notes = endNotes({ connection: jobs.db, jobs })
  return {
    areEndsLeft: async before => (await notes.left(before, 1)).length > 0,
    jobs: (now, limit) => jobs.find(due(now), fields).sort({ removeAt: 1 }).limit(limit).lean<Removable[]>(),
    async unfinished(ids) {
      if (ids.length === 0) return new Set()
      const found = await groups.find({ _id: { $in: ids }, state: { $ne: 'finished' } }, { _id: 1 }).lean()
      return new Set(found.map(({ _id }) => _id))
    },
    // The condition on the time: a job that was retried in between has none.
    removeJobs: async (ids, now) => (await jobs.deleteMany({ _id: { $in: ids }, ...due(now) })).deletedCount,
    async postponeJobs(ids, removeAt) {
      await jobs.updateMany({ _id: { $in: ids }, removeAt: { $exists: true } }, { $set: { removeAt } })
    },
    groups: (now, limit) =>
      groups.find(due(now), fields).sort({ removeAt: 1 }).limit(limit).lean<RemovableGroup[]>(),
    removeGroups: async (ids, now) =>
      (await groups.deleteMany({ _id: { $in: ids }, ...due(now) })).deletedCount,
    async postponeGroups(ids, removeAt) {
      await groups.updateMany({ _id: { $in: ids } }, { $set: { removeAt } })
    },
    async keepIds(ids) {
      if (ids.length === 0) return
      try {
        await driverCollection(bareIds).insertMany(ids, { ordered: false })
      } catch (error) {
        duplicatesIn(error)
      }
    },
    async removeIds(now, limit) {
      const found = await bareIds.find(due(now), { _id: 1 }).sort({ removeAt: 1 }).limit(limit).lean()
      if (found.length === 0) return 0
      return (await bareIds.deleteMany({ _id: { $in: found.map(({ _id }) => _id) } })).deletedCount
    },
  }
}
