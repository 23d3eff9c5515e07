import { randomUUID } from 'node:crypto'
import type { Continuation, JobRequest } from '../../../src/events/index.ts'
import { type Api, pause, request } from './request.ts'

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
  /**
   * Cancels a job.
   * @returns `cancelled`: it will not run; `asked`: it runs, and its handler was asked to end; `too late`: it has ended
   */
  cancel(id: string): Promise<string>
}

const finals: ReadonlySet<JobState> = new Set(['succeeded', 'failed', 'cancelled', 'expired'])

/** Makes a client of the scheduler. All its methods throw RequestRefused when the scheduler refuses the request. */
export function client(api: Api): JobClient {
  const get = async (id: string) => (await request(api, jobPath(id))).body as JobStatus
  return {
    async add(kind, data, { idempotencyKey = randomUUID(), ...options } = {}) {
      const headers = { 'idempotency-key': idempotencyKey }
      const { body } = await request(api, '/jobs', {
        method: 'POST',
        headers,
        body: { kind, data, ...options },
      })
      return (body as { id: string }).id
    },
    async addAll(jobs, then, { idempotencyKey = randomUUID() } = {}) {
      const headers = { 'idempotency-key': idempotencyKey }
      const { body } = await request(api, '/jobs/batch', { method: 'POST', headers, body: { jobs, then } })
      return body as { group: string; jobs: string[] }
    },
    get,
    wait: (id, { timeout } = {}) =>
      waitForEnd(api, id, timeout === undefined ? undefined : AbortSignal.timeout(timeout)),
    async cancel(id) {
      const { body } = await request(api, `${jobPath(id)}/cancel`, { method: 'POST' })
      return (body as { answer: string }).answer
    },
  }
}

const jobPath = (id: string) => `/jobs/${encodeURIComponent(id)}`

/** The server answers when the job has ended, or after 30 s. */
const prefer = 'wait=30'
/** Milliseconds between two questions. A server with too many waiting requests answers at once. */
const POLL_MS = 200

async function waitForEnd(api: Api, id: string, signal: AbortSignal | undefined): Promise<JobStatus> {
  let etag: string | undefined
  for (;;) {
    const headers = { prefer, ...(etag === undefined ? {} : { 'if-none-match': etag }) }
    const answer = await request(api, jobPath(id), { headers, ...(signal === undefined ? {} : { signal }) })
    etag = answer.etag
    if (answer.status !== 304 && finals.has((answer.body as JobStatus).state)) return answer.body as JobStatus
    await pause(POLL_MS, signal)
  }
}
