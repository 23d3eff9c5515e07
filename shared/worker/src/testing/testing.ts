import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import {
  type Cause,
  type Continuation,
  type JobRequest,
  MAX_JOB_BYTES,
  traced,
} from '../../../src/events/index.ts'
import type { AbortReason } from '../errors.ts'
import type { Due } from '../handling/due.ts'
import type { AttemptOutcome } from '../handling/outcome.ts'
import { runAttempt } from '../handling/run-attempt.ts'
import type { GroupRequest } from '../handling/spawning.ts'
import { handlersOf } from '../slots/worker.ts'
import type { Progress, Worker } from '../types.ts'

/** What the handler is told about its attempt. Everything has a default. */
export interface TestAttempt {
  id?: string
  attempt?: number
  failures?: number
  key?: string
  cause?: Cause
  traceparent?: string
  /** The hard timeout in milliseconds; default: none. */
  timeoutMs?: number
  /** The soft timeout in milliseconds; default: none. */
  softTimeoutMs?: number
  /** Called when the handler begins, with a function that aborts the signal of the job, as a cancellation does. */
  onBegin?: (abort: (reason: AbortReason) => void) => void
}

/** A group that the handler added with `job.spawn`. */
export interface SpawnedGroup {
  group: string
  jobs: (JobRequest & { job: string })[]
  then?: Continuation
}

type ResultOf<State extends string, Type extends AttemptOutcome['type']> = {
  state: State
} & Extract<AttemptOutcome, { type: Type }>['data']

/** What became of the attempt, all its reports of progress, and the groups that it added. */
export type TestOutcome = (
  | ResultOf<'succeeded', 'JobSucceeded'>
  | ResultOf<'failed', 'JobFailed'>
  | ResultOf<'returned', 'JobReturned'>
) & { progress: Progress[]; spawned: SpawnedGroup[] }

/** Runs handlers of a worker in this process, without Kafka, as the worker runs them. */
export interface Testing {
  /**
   * Runs one attempt. Checks data and result, and keeps the timeouts, as the worker does.
   * @throws Error when the data are not JSON or larger than 64 KB, which the scheduler would refuse
   */
  run(kind: string, data?: unknown, attempt?: TestAttempt): Promise<TestOutcome>
}

const states = { JobSucceeded: 'succeeded', JobFailed: 'failed', JobReturned: 'returned' } as const

export function testing(worker: Worker): Testing {
  const handlers = handlersOf(worker)
  return {
    async run(kind, data, attempt = {}) {
      const progress: Progress[] = []
      const spawned: GroupRequest[] = []
      const ports = {
        report: (one: Progress) => void progress.push(one),
        spawn: async (request: GroupRequest) => void spawned.push(request),
        log: pino({ level: 'silent' }),
      }
      const running = runAttempt(dueOf(kind, data, attempt), handlers, ports)
      attempt.onBegin?.(running.abort)
      const { type, data: fields } = await running.outcome
      return { state: states[type], ...fields, progress, spawned } as TestOutcome
    },
  }
}

function dueOf(kind: string, data: unknown, attempt: TestAttempt): Due {
  const now = new Date().toISOString()
  return {
    job: attempt.id ?? randomUUID(),
    attempt: attempt.attempt ?? 1,
    kind,
    lane: 'default',
    data: asSent(data),
    ...(attempt.key === undefined ? {} : { key: attempt.key }),
    addedAt: now,
    failures: attempt.failures ?? 0,
    startBy: now,
    timeoutMs: attempt.timeoutMs ?? null,
    softTimeoutMs: attempt.softTimeoutMs ?? null,
    strict: false,
    ...(attempt.cause === undefined ? {} : { cause: attempt.cause }),
    ...traced(attempt.traceparent),
  }
}

/** Returns data as a handler gets them: through JSON. */
function asSent(data: unknown): unknown {
  const json = JSON.stringify(data ?? null) as string | undefined
  if (json === undefined) throw new Error(`The data of a job must be JSON, and got a ${typeof data}`)
  const bytes = Buffer.byteLength(json)
  if (bytes > MAX_JOB_BYTES)
    throw new Error(`The data have ${bytes} bytes as JSON, ${MAX_JOB_BYTES} are allowed`)
  return JSON.parse(json)
}
