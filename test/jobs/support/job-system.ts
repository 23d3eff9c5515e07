import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { client, makeStack, type Stack, startService, token, until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { StartWorker } from './workers.ts'

/** A job as GET /jobs/{id} answers. */
export interface JobView {
  id: string
  kind: string
  state: string
  reason?: string
  waiting?: { reason: string; detail: string }
  result?: unknown
  error?: string
  progress?: { done: number; total: number }
  attempts: { attempt: number; worker?: string; outcome?: string; startedAt?: string; error?: string }[]
  dueAt: string
  finishedAt?: string
}

/**
 * What the handler notes: its starts, its ends with a result, its ends in whatever way, the abortions of its signal. The worker
 * in Python notes starts and ends.
 */
export type Mark = 'starts' | 'ends' | 'stops' | 'aborts'

/** A line of a mark. `at`: milliseconds since 1970. */
export interface MarkLine {
  id: string
  attempt: number
  pid: string
  at: number
}

/** A scheduler that runs as a process, its jobs, and the marks that handlers leave. */
export type JobSystem = Awaited<ReturnType<typeof startJobSystem>>

/**
 * Starts a scheduler for a test of jobs. Its handlers leave marks, which are files in one folder.
 * @param options.env more settings of the scheduler
 */
export async function startJobSystem(
  t: Test,
  startWorker: StartWorker,
  options: { env?: Record<string, string>; stack?: Stack } = {},
) {
  const stack = options.stack ?? (await makeStack(t))
  const marks = await mkdtemp(join(tmpdir(), 'daybook-marks-'))
  t.teardown(() => rm(marks, { recursive: true }))
  const scheduler = await startService(t, 'scheduler', { ...stack.env, TIME_ZONES: 'UTC', ...options.env })
  const api = client(scheduler.url, await token('operator', { admin: true }))

  const bearer = await token('worker', { scope: 'worker' })
  const job = async (id: string) => (await api<JobView>(`/jobs/${encodeURIComponent(id)}`)).body
  const add = async (data: object, more: object = {}) =>
    (await api<JobView>('/jobs', { body: { kind: 'send-invoice', data, ...more } })).body.id
  const inState = (id: string, ...states: string[]) =>
    until(`${id} is ${states.join(' or ')}`, async () => {
      const view = await job(id)
      return states.includes(view.state) && view
    })
  return {
    stack,
    marks,
    scheduler,
    api,
    job,
    add,
    inState,
    ended: (id: string) => inState(id, 'succeeded', 'failed', 'cancelled', 'expired'),
    /** Sets the rules of the kind send-invoice. */
    rules: (rules: object) => api('/kinds/send-invoice', { method: 'PUT', body: { lane: 'mail', ...rules } }),
    worker: (lanes: string, slots: number, env: Record<string, string> = {}) =>
      startWorker(t, {
        ...stack.env,
        MARKS: marks,
        LANES: lanes,
        SLOTS: String(slots),
        DAYBOOK_URL: scheduler.url,
        DAYBOOK_TOKEN: bearer,
        ...env,
      }),
    /** Lets the handlers continue that wait for a mark. */
    release: (mark: string) => writeFile(join(marks, mark), ''),
    /** Whether a handler has begun, and has written the number of its process into its mark: the file is empty for a moment. */
    hasStarted: async (id: string, attempt = 1) =>
      (await readFile(join(marks, `${id}.${attempt}`), 'utf8').catch(missingAsEmpty)) !== '',
    /** The lines of a mark: job, attempt, process, and the time in milliseconds of each. */
    async lines(mark: Mark): Promise<MarkLine[]> {
      const text = await readFile(join(marks, mark), 'utf8').catch(missingAsEmpty)
      return text
        .split('\n')
        .filter(line => line !== '')
        .map(line => {
          const [id = '', attempt = '', pid = '', at = ''] = line.split(' ')
          return { id, attempt: Number(attempt), pid, at: Number(at) }
        })
    },
  }
}

function missingAsEmpty(error: NodeJS.ErrnoException): string {
  if (error.code === 'ENOENT') return ''
  throw error
}
