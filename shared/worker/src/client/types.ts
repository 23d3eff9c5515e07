import type { Continuation, JobRequest } from '../../../src/events/index.ts'

/** What a client of the scheduler takes and answers. */

/** What can be said about a job besides its kind and data. */
export interface JobOptions extends Omit<JobRequest, 'kind' | 'data' | 'at' | 'expiresAt'> {
  /** When the job is due. */
  at?: Date | string
  /** A job that has not started by then expires. */
  expiresAt?: Date | string
  /**
   * Two calls with the same key add one job. Default: a key for each call, which makes only the repetitions of that call
   * safe.
   */
  idempotencyKey?: string
}

/** The states of a job. The last four are final. */
export type JobState = 'waiting' | 'sent' | 'running' | 'succeeded' | 'failed' | 'cancelled' | 'expired'

/** A job as `GET /jobs/{id}` shows it; docs/jobs.md has all fields. */
export interface JobStatus {
  id: string
  kind: string
  state: JobState
  /** What the handler returned. */
  result?: unknown
  [field: string]: unknown
}

/** A job of a group, as `GET /groups/{id}/results` shows it. */
export interface JobResult {
  job: string
  kind: string
  state: JobState
  /** What the handler returned. */
  result?: unknown
  /** Why the job failed. */
  reason?: string
  error?: string
}

/** Adds, reads and cancels jobs over REST. Requests are repeated for a minute while the scheduler can't be reached. */
export interface JobClient {
  /** Adds a job. @returns its id */
  add(kind: string, data?: unknown, options?: JobOptions): Promise<string>
  /**
   * Adds up to 1000 jobs as a closed group.
   * @param then a job to add when all of them have ended
   * @returns the id of the group, and those of the jobs in order
   */
  addAll(
    jobs: readonly JobRequest[],
    then?: Continuation,
    options?: Pick<JobOptions, 'idempotencyKey'>,
  ): Promise<{ group: string; jobs: string[] }>
  /** Returns a job as it is now. */
  get(id: string): Promise<JobStatus>
  /**
   * Waits until a job has ended.
   * @param options.timeout the longest wait in milliseconds; default: without a limit
   * @throws Error with the name TimeoutError when the job has not ended by then
   */
  wait(id: string, options?: { timeout?: number }): Promise<JobStatus>
  /** Returns the jobs of a group with their results, in the order of their ids. */
  results(group: string): Promise<JobResult[]>
  /**
   * Cancels a job.
   * @returns `cancelled`: it will not run; `asked`: it runs, and its handler was asked to end; `too late`: it has ended
   */
  cancel(id: string): Promise<string>
}
