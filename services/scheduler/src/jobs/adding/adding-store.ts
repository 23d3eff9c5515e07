import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { driverCollection } from '@daybook/shared/mongo/model'
import { type Job, openStates } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'
import type { BareIdModel } from './bare-id-model.ts'

/** What is known about a chosen id that was used before. `job` is another id when the request was coalesced. */
export interface KnownId {
  fingerprint: string
  job: string
}

/** Stores new jobs. */
export interface AddingStore {
  /** Inserts jobs. @returns for each whether it was stored; not, if its id or its slot is taken */
  insert: (jobs: Job[]) => Promise<boolean[]>
  /** The chosen ids among these that were used before. */
  known: (ids: string[]) => Promise<Map<string, KnownId>>
  /** Records that a request with a chosen id was coalesced into a job. @param removeAt until when the id is kept */
  noteCoalesced: (id: string, known: KnownId, removeAt: Date) => Promise<void>
  /** How many jobs of a schedule have not ended, and their ids, at most `limit`. */
  unended: (schedule: string, limit: number) => Promise<string[]>
}

export const addingStore = (jobs: JobModel, bareIds: BareIdModel): AddingStore => ({
  async insert(added) {
    const refused = new Set<number>()
    try {
      // Unordered, so that one job that is refused does not stop the others.
      await driverCollection(jobs).insertMany(added, { ordered: false })
    } catch (error) {
      for (const index of duplicatesIn(error)) refused.add(index)
    }
    return added.map((_, i) => !refused.has(i))
  },
  async known(ids) {
    const known = new Map<string, KnownId>()
    // The order matters: an id moves from the jobs to the bare ids when its job is removed, see retention.
    const stored = await jobs.find({ _id: { $in: ids } }, { fingerprint: 1 }).lean<Job[]>()
    for (const { _id, fingerprint = '' } of stored) known.set(_id, { fingerprint, job: _id })
    const others = ids.filter(id => !known.has(id))
    if (others.length === 0) return known
    for (const { _id, fingerprint, job } of await bareIds.find({ _id: { $in: others } }).lean())
      known.set(_id, { fingerprint, job: job ?? _id })
    return known
  },
  async noteCoalesced(id, known, removeAt) {
    await bareIds.updateOne({ _id: id }, { $setOnInsert: { ...known, removeAt } }, { upsert: true })
  },
  async unended(schedule, limit) {
    const open = { schedule, state: { $in: openStates } }
    return (await jobs.find(open, { _id: 1 }).limit(limit).lean<{ _id: string }[]>()).map(({ _id }) => _id)
  },
})
