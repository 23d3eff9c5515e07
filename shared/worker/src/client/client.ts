import { randomUUID } from 'node:crypto'
import { type Api, pause, request } from './request.ts'
import type { JobClient, JobResult, JobState, JobStatus } from './types.ts'

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
    results: group => resultsOf(api, group),
    async cancel(id) {
      const { body } = await request(api, `${jobPath(id)}/cancel`, { method: 'POST' })
      return (body as { answer: string }).answer
    },
  }
}

const jobPath = (id: string) => `/jobs/${encodeURIComponent(id)}`

/** Reads all pages of the results of a group. */
async function resultsOf(api: Api, group: string): Promise<JobResult[]> {
  const path = `/groups/${encodeURIComponent(group)}/results?limit=100`
  const all: JobResult[] = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body } = await request(api, cursor === '' ? path : `${path}&cursor=${encodeURIComponent(cursor)}`)
    const page = body as { results: JobResult[]; nextCursor: string | null }
    all.push(...page.results)
    cursor = page.nextCursor
  }
  return all
}

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
