import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { AbortReason } from '../errors.ts'
import { monotonic } from '../handling/clock.ts'
import type { Due } from '../handling/due.ts'
import type { Handlers } from '../handling/handlers.ts'
import { mayStart, type StartInterval } from '../handling/may-start.ts'
import { type AttemptOutcome, type ReturnReason, returned } from '../handling/outcome.ts'
import { type RunningAttempt, runAttempt } from '../handling/run-attempt.ts'
import { throttle } from '../handling/throttle.ts'
import type { FromThread, ToThread } from '../thread/messages.ts'
import type { Progress } from '../types.ts'

type Run = Extract<FromThread, { type: 'run' }>

/** The handlers of the main thread. */
export interface Slots {
  /** Handles a message of the thread that talks to Kafka. */
  receive: (message: FromThread) => void
}

/** Runs the attempts that the other thread passes on, and tells it what becomes of them. */
export function openSlots(handlers: Handlers, toThread: (message: ToThread) => void, log: Logger): Slots {
  const running = new Map<string, RunningAttempt>()
  /** The attempts that may not start yet, and why they are not to start at all. */
  const early = new Map<string, ReturnReason | undefined>()
  const spawns = new Map<number, (error: string | undefined) => void>()
  let lastSpawn = 0

  const spawn: Parameters<typeof runAttempt>[2]['spawn'] = (request, traceparent) => {
    lastSpawn += 1
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    spawns.set(lastSpawn, error => (error === undefined ? resolve() : reject(new Error(error))))
    toThread({ type: 'spawn', id: lastSpawn, request, traceparent })
    return promise
  }

  async function run({ hold, due, time }: Run): Promise<void> {
    early.set(hold, undefined)
    const interval = intervalOf(due)
    let answer = mayStart(interval, time, monotonic())
    // Nothing comes between the last answer and the handler: other attempts of the same turn may block this thread.
    while (answer.verdict === 'wait') {
      await sleep(answer.ms)
      answer = mayStart(interval, time, monotonic())
    }
    const aborted = early.get(hold)
    early.delete(hold)
    const obstacle = aborted ?? (answer.verdict === 'late' ? 'late' : undefined)
    if (obstacle === undefined) await handle(hold, due)
    else toThread({ type: 'ended', hold, outcome: returned(obstacle) })
    toThread({ type: 'settled', hold })
  }

  async function handle(hold: string, due: Due): Promise<void> {
    const progress = throttle((progress: Progress) => toThread({ type: 'progressed', hold, progress }))
    // Before the handler: it may block this thread, and the other thread watches for that.
    toThread({ type: 'begun', hold })
    const attempt = runAttempt(due, handlers, { report: progress.add, spawn, log })
    running.set(hold, attempt)
    const outcome = await attempt.outcome
    progress.flush()
    logFailure(log, due, outcome)
    toThread({ type: 'ended', hold, outcome })
    await attempt.settled
    running.delete(hold)
  }

  function abort(hold: string, reason: AbortReason & ReturnReason): void {
    if (early.has(hold)) early.set(hold, reason)
    running.get(hold)?.abort(reason)
  }

  return {
    receive(message) {
      if (message.type === 'run') void run(message)
      else if (message.type === 'abort') abort(message.hold, message.reason)
      else if (message.type === 'spawned') {
        spawns.get(message.id)?.(message.error)
        spawns.delete(message.id)
      }
    },
  }
}

function logFailure(log: Logger, { job, attempt, kind }: Due, { type, data }: AttemptOutcome): void {
  if (type === 'JobFailed')
    log.warn({ job, attempt, kind, reason: data.reason, error: data.error }, 'a job failed')
}

const intervalOf = ({ startFrom, startBy }: Due): StartInterval => ({
  startFrom: startFrom === undefined ? undefined : Date.parse(startFrom),
  startBy: Date.parse(startBy),
})
