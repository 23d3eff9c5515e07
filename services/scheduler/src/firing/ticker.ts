import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'

export interface Ticker {
  /** Why ticks are of no use right now, or undefined when they are. */
  trouble: () => string | undefined
  /** Ends after the tick in hand. */
  stop: () => Promise<void>
}

const EACH = 1000
// After so many milliseconds without a good tick something is wrong.
const SILENCE = 10_000

/**
 * Calls `tick` each second, and never while it is still running; at once again when it says that there is more to do.
 * What is due is no business of this clock, and the wall's none of its: it counts time that passes, so that a clock
 * which is set back does not stop it, and time that was slept through is not made up for.
 * @param fail called when a tick fails for another reason than an outage, and no more follow
 */
export function startTicker(
  tick: () => Promise<boolean>,
  { log, fail }: { log: Logger; fail: (error: Error) => void },
): Ticker {
  let outage: Error | undefined
  let lastGood: number | undefined

  /** @returns whether there is more to do */
  async function tickOnce(): Promise<boolean> {
    try {
      const hasMore = await tick()
      if (outage !== undefined) log.info('the outage is over')
      outage = undefined
      lastGood = performance.now()
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
    return hasMore ? 0 : Math.max(0, EACH - (performance.now() - began))
  }, fail)
  return {
    trouble() {
      if (outage !== undefined) return `waiting: ${outage.message}`
      if (lastGood === undefined) return 'has not ticked yet'
      const silence = performance.now() - lastGood
      return silence > SILENCE ? `has not ticked for ${Math.round(silence / 1000)} s` : undefined
    },
    stop: loop.stop,
  }
}
