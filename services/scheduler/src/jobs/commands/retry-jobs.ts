import type { JobReader } from '../queries/job-reader-store.ts'
import type { JobModel } from '../stored/job-model.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { retryableStates, retryJobs } from './retry-store.ts'

/**
 * What became of the wish to retry a job:
 * - `retried`: it waits for another attempt;
 * - `not ended`: it waits or runs anyway;
 * - `succeeded`: nothing is left to do.
 */
export const retryAnswers = ['retried', 'not ended', 'succeeded'] as const
export type RetryAnswer = (typeof retryAnswers)[number]

/** Retries a job. @returns undefined when it does not exist any more */
export type RetryJob = (id: string) => Promise<RetryAnswer | undefined>

export const makeRetryJob =
  (
    { jobs, now, signals }: { jobs: JobModel } & Pick<JobsBase, 'now' | 'signals'>,
    reader: JobReader,
  ): RetryJob =>
  async id => {
    for (;;) {
      const job = await reader.find(id)
      if (job === undefined) return undefined
      if (job.state === 'succeeded') return 'succeeded'
      if (!(retryableStates as readonly string[]).includes(job.state)) return 'not ended'
      if ((await retryJobs(jobs, [job], now())) === 1) {
        signals.emit('work', undefined)
        return 'retried'
      }
    }
  }
