import { openJobList } from '../queries/job-list-store.ts'
import { openJobReader } from '../queries/job-reader-store.ts'
import type { Retention } from '../stored/finish-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type Bulk, makeBulk } from './bulk.ts'
import { type CancelJobs, type CancelPorts, makeCancelJobs } from './cancel-jobs.ts'
import { openCancelStore } from './cancel-store.ts'
import { makeRetryJob, type RetryJob } from './retry-jobs.ts'

/** The commands on jobs that exist. */
export interface JobCommands {
  cancelJobs: CancelJobs
  retryJob: RetryJob
  bulk: Bulk
}

/** Opens the commands. */
export function openCommands(
  base: JobsBase,
  { retention, ...ports }: CancelPorts & { retention: Retention },
): JobCommands {
  const { jobs } = base
  const cancelJobs = makeCancelJobs(base, openCancelStore(jobs, retention), ports)
  return {
    cancelJobs,
    retryJob: makeRetryJob(base, openJobReader(jobs)),
    bulk: makeBulk(base, { list: openJobList(jobs), cancelJobs }),
  }
}
