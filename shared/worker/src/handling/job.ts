import type { Logger } from 'pino'
import type { Job, Progress } from '../types.ts'
import type { Due } from './due.ts'
import { type GroupRequest, groupRequest } from './spawning.ts'

/** What an attempt needs from outside. */
export interface AttemptPorts {
  report: (progress: Progress) => void
  /** Adds jobs, in the trace of their parent. Resolves when the request can't be lost any more. */
  spawn: (request: GroupRequest, traceparent: string | undefined) => Promise<void>
  log: Logger
}

/**
 * Makes what a handler sees of its attempt.
 * @returns the job, and `spawned`: resolves when all jobs that the handler has added so far are requested; rejects when a
 *   request failed that the handler does not wait for
 */
export function makeJob(
  due: Due,
  { report, spawn, log }: AttemptPorts,
  signal: AbortSignal,
): { job: Job; spawned: () => Promise<void> } {
  const requests: Promise<void>[] = []
  const { job: id, attempt, kind, key, failures, timeoutMs, cause, traceparent } = due
  const job: Job = {
    id,
    attempt,
    kind,
    key,
    failures,
    signal,
    deadline: timeoutMs === null ? undefined : new Date(Date.now() + timeoutMs),
    cause,
    traceparent,
    log: log.child({ job: id, attempt, kind }),
    progress: (done, total, note) => report(checked(done, total, note)),
    async spawn(jobs, then) {
      const request = groupRequest(id, requests.length + 1, jobs, then)
      const sent = spawn(request, traceparent)
      requests.push(sent)
      await sent
      return { group: request.group, jobs: request.jobs.map(one => one.job) }
    },
  }
  return { job, spawned: async () => void (await Promise.all(requests)) }
}

function checked(done: number, total: number, note: string | undefined): Progress {
  const isNumber = (value: number) => Number.isFinite(value) && value >= 0
  if (!isNumber(done) || !isNumber(total))
    throw new RangeError(`progress got ${done} and ${total}: give numbers, 0 or more`)
  return { done, total, ...(note === undefined ? {} : { note: note.toWellFormed().slice(0, 500) }) }
}
