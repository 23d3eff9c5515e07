import { type Job, type JobState, rankOf } from '../stored/job.ts'
import type { JobModel } from '../stored/job-model.ts'

/** The states from which a job can be retried. */
export const retryableStates = ['failed', 'cancelled', 'expired'] as const satisfies readonly JobState[]

/** What retrying reads of a job. */
export type Retryable = Pick<Job, '_id' | 'state' | 'priority' | 'finishedAt'>
export const retryableFields = ['state', 'priority', 'finishedAt'] as const

// Everything that says how the job ended, and what its further attempts must not start with. `thenDue`: its continuation is
// added when it ends again, unless it was added before.
const ended = {
  finishedAt: '',
  removeAt: '',
  result: '',
  reason: '',
  error: '',
  thenDue: '',
  cancelAskedAt: '',
  suspect: '',
  progress: '',
} as const

/**
 * Lets jobs that have ended wait for another attempt. They keep their ids, their past attempts and their numbers; failures
 * and crashes count from 0 again, and an expiry does not return.
 * @param found jobs as they were read, all in one state that can be retried
 * @param now MongoDB's time: the jobs are due at once
 * @returns how many wait now; others have changed since they were read
 */
export async function retryJobs(jobs: JobModel, found: readonly Retryable[], now: Date): Promise<number> {
  const counts = await Promise.all(
    [1, 2, 3, 4, 5].map(async priority => {
      const ids = found.filter(job => job.priority === priority).map(({ _id }) => _id)
      if (ids.length === 0) return 0
      const waiting = { state: 'delayed', dueAt: now, rank: rankOf(now, priority), failures: 0, crashes: 0 }
      const asRead = { _id: { $in: ids }, state: { $in: retryableStates } }
      const updated = await jobs.updateMany(asRead, { $set: waiting, $unset: ended })
      return updated.modifiedCount
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}
