import { isOutage } from '@daybook/shared/outage'
import { schedule } from 'node-cron'
import type { Logger } from 'pino'

export interface Ticker {
  /** Why ticks are of no use right now, or undefined when they are. */
  trouble: () => string | undefined
  /** Ends after the tick in hand. */
  stop: () => Promise<void>
}

// Ticks come each second; after so many milliseconds without a good one something is wrong.
const SILENCE = 10_000

/**
 * Calls `tick` each second, and never while it is still running. What is due is no business of the clock: a tick that
 * was left out is made up for by the next.
 * @param fail called when a tick fails for another reason than an outage, and no more follow
 */
export function startTicker(
  tick: () => Promise<void>,
  { log, fail }: { log: Logger; fail: (error: Error) => void },
): Ticker {
  let outage: Error | undefined
  let lastGood: number | undefined
  let inHand = Promise.resolve()

  async function tickOnce(): Promise<void> {
    try {
      await tick()
      if (outage !== undefined) log.info('the outage is over')
      outage = undefined
      lastGood = performance.now()
    } catch (error) {
      const failure = error instanceof Error ? error : new Error(String(error))
      if (!isOutage(failure)) return end(failure)
      if (outage === undefined) log.warn({ err: failure }, 'firing schedules: waiting for an outage to end')
      outage = failure
    }
  }

  function end(failure: Error): void {
    void task.destroy()
    fail(failure)
  }

  const task = schedule(
    '* * * * * *',
    () => {
      inHand = tickOnce()
      return inHand
    },
    { name: 'tick', timezone: 'UTC', noOverlap: true, logger: quiet(log) },
  )
  return {
    trouble() {
      if (outage !== undefined) return `waiting: ${outage.message}`
      if (lastGood === undefined) return 'has not ticked yet'
      const silence = performance.now() - lastGood
      return silence > SILENCE ? `has not ticked for ${Math.round(silence / 1000)} s` : undefined
    },
    async stop() {
      await task.destroy()
      await inHand
    },
  }
}

/** node-cron warns of every tick that it leaves out, once a second while an outage lasts. */
function quiet(log: Logger) {
  const debug = (message: string | Error) => log.debug({ part: 'node-cron' }, String(message))
  return { info: debug, warn: debug, error: debug, debug }
}
