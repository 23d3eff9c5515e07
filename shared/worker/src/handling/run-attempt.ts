import { type AbortReason, JobAborted } from '../errors.ts'
import type { Job } from '../types.ts'
import type { Due } from './due.ts'
import type { Handlers, KnownHandler } from './handlers.ts'
import { type AttemptPorts, makeJob } from './job.ts'
import { type AttemptOutcome, failed, outcomeOfError, outcomeOfResult, returned } from './outcome.ts'

/** An attempt whose handler runs. */
export interface RunningAttempt {
  /** How the attempt ended. At the hard timeout it resolves while the handler may still run. Never rejects. */
  outcome: Promise<AttemptOutcome>
  /** Resolves when the handler has ended. Never rejects. */
  settled: Promise<void>
  /** Aborts the signal of the job. Only the first reason counts. */
  abort: (reason: AbortReason) => void
}

/** Runs the handler of an attempt: checks the data, keeps the timeouts, and turns what happens into an outcome. */
export function runAttempt(due: Due, handlers: Handlers, ports: AttemptPorts): RunningAttempt {
  const known = handlers.get(due.kind)
  if (known === undefined) return ended(returned('unknown-kind'))
  const problem = known.problemOf(due.data ?? null)
  if (problem !== undefined)
    return ended(failed({ reason: 'invalid-data', error: `The data are invalid: ${problem}`, retry: false }))
  return runHandler(due, known, ports)
}

const ended = (outcome: AttemptOutcome): RunningAttempt => ({
  outcome: Promise.resolve(outcome),
  settled: Promise.resolve(),
  abort: () => {},
})

function runHandler(due: Due, { handler }: KnownHandler, ports: AttemptPorts): RunningAttempt {
  const controller = new AbortController()
  const abort = (reason: AbortReason) => controller.abort(new JobAborted(reason))
  const { promise: timedOut, resolve: timeOut } = Promise.withResolvers<AttemptOutcome>()
  const timers = [
    startTimer(due.softTimeoutMs, () => abort('timeout')),
    startTimer(due.timeoutMs, () => {
      abort('timeout')
      timeOut(
        failed({ reason: 'timeout', error: `The handler ran longer than ${due.timeoutMs} ms`, retry: true }),
      )
    }),
  ]
  const { job, spawned } = makeJob(due, ports, controller.signal)
  const handled = callHandler(handler, due.data ?? null, job, spawned).finally(() => {
    for (const timer of timers) clearTimeout(timer)
  })
  return { outcome: Promise.race([handled, timedOut]), settled: handled.then(() => {}), abort }
}

/** Calls the handler. The outcome waits for the jobs that the handler adds, even if the handler does not. */
async function callHandler(
  handler: KnownHandler['handler'],
  data: unknown,
  job: Job,
  spawned: () => Promise<void>,
): Promise<AttemptOutcome> {
  try {
    const result = await handler(data, job)
    await spawned()
    return outcomeOfResult(result)
  } catch (error) {
    return outcomeOfError(error, (job.signal.reason as JobAborted | undefined)?.reason)
  }
}

// Node fires a longer timer at once. Nobody waits for 24 days.
function startTimer(ms: number | null, run: () => void): NodeJS.Timeout | undefined {
  return ms === null ? undefined : setTimeout(run, Math.min(ms, 2 ** 31 - 1))
}
