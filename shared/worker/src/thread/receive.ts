import type { Logger } from 'pino'
import { watchStuck } from '../attempts/stuck.ts'
import type { FromThread, ToThread } from './messages.ts'
import type { Program } from './program.ts'

interface Options {
  toMain: (message: FromThread) => void
  onStuck: () => void
  graceTime: number
  log: Logger
}

/** Makes the receiver of what the main thread says about its handlers. */
export function receiveFrom(
  { holds, results }: Pick<Program, 'holds' | 'results'>,
  { toMain, ...options }: Options,
): (message: ToThread) => void {
  const watch = watchStuck(holds, options)
  const spawn = async ({ id, request, traceparent }: Extract<ToThread, { type: 'spawn' }>) => {
    const error = await results.spawn(request, traceparent).then(
      () => ({}),
      (error: Error) => ({ error: error.message }),
    )
    toMain({ type: 'spawned', id, ...error })
  }
  return message => {
    if (message.type === 'spawn') return void spawn(message)
    const hold = message.type === 'stop' ? undefined : holds.get(message.hold)
    // An attempt that was reported and has settled is gone.
    if (hold === undefined) return
    if (message.type === 'begun') watch(hold)
    else if (message.type === 'settled') holds.settle(hold)
    else if (message.type === 'ended') holds.end(hold, message.outcome)
    else if (message.type === 'progressed' && !hold.ended) results.progress(hold.due, message.progress)
  }
}
