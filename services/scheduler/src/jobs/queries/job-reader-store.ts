import { groupCommit } from '@daybook/shared/async/group-commit'
import { finalStates, type Job, type JobState } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'

/** Reads single jobs. */
export interface JobReader {
  /** The job with an id, without its outbox. */
  find: (id: string) => Promise<Job | undefined>
  /** The states of those of these jobs that exist, by id. */
  states: (ids: readonly string[]) => Promise<Map<string, JobState>>
  /** Which of these jobs have ended or do not exist any more. */
  ended: (ids: readonly string[]) => Promise<string[]>
}

/** Opens the reader. Requests that arrive together share a query. */
export function openJobReader(jobs: JobModel): JobReader {
  async function findAll(ids: string[]): Promise<(Job | undefined)[]> {
    const found = await jobs.find({ _id: { $in: ids } }, { outbox: 0 }).lean<Job[]>()
    const byId = new Map(found.map(job => [job._id, job]))
    return ids.map(id => byId.get(id))
  }
  return {
    find: groupCommit(findAll, 200),
    async states(ids) {
      const found = await jobs.find({ _id: { $in: ids } }, { state: 1 }).lean<Pick<Job, '_id' | 'state'>[]>()
      return new Map(found.map(({ _id, state }) => [_id, state]))
    },
    async ended(ids) {
      const open = { _id: { $in: ids }, state: { $nin: finalStates } }
      const found = await jobs.find(open, { _id: 1 }).lean<Pick<Job, '_id'>[]>()
      const notEnded = new Set(found.map(({ _id }) => _id))
      return ids.filter(id => !notEnded.has(id))
    },
  }
}
