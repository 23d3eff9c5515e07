import type { Logger } from 'pino'
import { failed } from '../handling/outcome.ts'
import type { Hold, Holds } from './holds.ts'

/**
 * Watches for a handler that does not end after its hard timeout. The main thread reports the timeout, unless a handler
 * blocks it: then this watch does.
 * @returns a function to call when a handler begins
 */
export function watchStuck(
  holds: Holds,
  options: { graceTime: number; onStuck: () => void; log: Logger },
): (hold: Hold) => void {
  const { graceTime, onStuck, log } = options
  return hold => {
    const { timeoutMs, job, attempt, kind } = hold.due
    if (timeoutMs === null || timeoutMs + graceTime >= 2 ** 31) return
    setTimeout(() => {
      if (hold.settled) return
      const error = `The handler still runs ${graceTime} ms after its timeout of ${timeoutMs} ms`
      log.fatal({ job, attempt, kind }, `${error}: the process gives back its other jobs and ends`)
      holds.end(hold, failed({ reason: 'timeout', error, retry: true }))
      onStuck()
    }, timeoutMs + graceTime)
  }
}
