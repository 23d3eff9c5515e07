import type { GroupModel } from '../stored/group-model.ts'
import { finalStates, type Job } from '../stored/job.ts'
import type { JobGroup } from '../stored/job-group.ts'
import type { JobModel } from '../stored/job-model.ts'

/** The jobs and groups that have ended and whose continuations are to be added. */
export interface FollowStore {
  jobsToContinue: (limit: number) => Promise<Job[]>
  jobsContinued: (ids: string[]) => Promise<void>
  groupsToContinue: (limit: number) => Promise<JobGroup[]>
  groupsContinued: (ids: string[]) => Promise<void>
}

const continued = { $unset: { thenDue: '' } } as const

export const followStore = (jobs: JobModel, groups: GroupModel): FollowStore => ({
  jobsToContinue: limit =>
    jobs
      .find({ thenDue: true, state: { $in: finalStates } })
      .select({ state: 1, result: 1, then: 1, owner: 1, traceparent: 1 })
      .limit(limit)
      .lean<Job[]>(),
  async jobsContinued(ids) {
    await jobs.updateMany({ _id: { $in: ids } }, continued)
  },
  groupsToContinue: limit =>
    groups.find({ thenDue: true }).select({ counts: 1, then: 1, owner: 1 }).limit(limit).lean<JobGroup[]>(),
  async groupsContinued(ids) {
    await groups.updateMany({ _id: { $in: ids } }, continued)
  },
})
