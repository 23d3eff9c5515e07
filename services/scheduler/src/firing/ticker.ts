import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'

export interface Ticker {
  /** Says why ticks currently fail; undefined when they succeed. */
  trouble: () => string | undefined
  /** Stops after the running tick. */
  stop: () => Promise<void>
}

const INTERVAL_MS = 1000
// After so many milliseconds without a successful tick, `trouble` reports it.
const MAX_SILENCE_MS = 10_000

/**
 * Calls `tick` every second, and never while the previous call is running. When `tick` says that there is more to do, the next
 * call follows at once. Uses a monotonic timer: wall-clock changes neither stop nor repeat ticks, and ticks that a suspended
 * machine missed are not repeated.
 * @param fail called when a tick fails for another reason than an outage; then no more ticks follow
 */
export function startTicker(
  tick: () => Promise<boolean>,
  { log, fail }: { log: Logger; fail: (error: Error) => void },
): Ticker {
  let outage: Error | undefined
  let lastSuccess: number | undefined

  /** @returns whether there is more to do */
  async function tickOnce(): Promise<boolean> {
    try {
      const hasMore = await tick()
      if (outage !== undefined) log.info('the outage is over')
      outage = undefined
      lastSuccess = performance.now()
      return hasMore
    } catch (error) {
      if (!(error instanceof Error && isOutage(error))) throw error
      if (outage === undefined) log.warn({ err: error }, 'firing schedules: waiting for an outage to end')
      outage = error
      return false
    }
  }

  const loop = startLoop(async () => {
    const began = performance.now()
    const hasMore = await tickOnce()
    return hasMore ? 0 : Math.max(0, INTERVAL_MS - (performance.now() - began))
  }, fail)
  return {
    trouble() {
      if (outage !== undefined) return `waiting: ${outage.message}`
      if (lastSuccess === undefined) return 'has not ticked yet'
      const silence = performance.now() - lastSuccess
      return silence > MAX_SILENCE_MS ? `has not ticked for ${Math.round(silence / 1000)} s` : undefined
    },
    stop: loop.stop,
  }
}
