import type { Job } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'

/** Makes the function that reads the owner of a job. It returns undefined when there is no such job. */
export const ownerReader =
  (jobs: JobModel) =>
  async (job: string): Promise<string | undefined> =>
    (await jobs.findById(job, { owner: 1 }).lean<Pick<Job, 'owner'>>())?.owner
