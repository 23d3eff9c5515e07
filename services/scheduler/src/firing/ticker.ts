import { startLoop } from '@daybook/shared/async/loop'
import { isOutage } from '@daybook/shared/failures/outage'
import type { Logger } from 'pino'

export interface Ticker {
  /** Says why ticks currently fail; undefined when they succeed. */
  trouble: () => string | undefined
  /** A schedule was changed: the next tick follows at once. */
  wake: () => void
  /** Stops after the running tick. */
  stop: () => Promise<void>
}

interface Options {
  log: Logger
  /** Called when a tick fails for another reason than an outage; then no more ticks follow. */
  fail: (error: Error) => void
  /** Asked after a tick, with its time: when is something due next? Undefined when nothing is. */
  nextDue?: (after: Date) => Promise<Date | undefined>
  /** Whether no other process changes schedules. */
  isAlone?: () => boolean
}

// The longest time from the start of a tick to the next: schedules of other processes and a wall clock that was set forward are
// noticed after this time.
const LONGEST_MS = 1000
// The same, without other processes.
const LONGEST_ALONE_MS = 30_000
// The shortest time, so that slots close to each other share a tick.
const SHORTEST_MS = 20
// A timer can end a little early. A tick that finds nothing would cost the shortest time.
const TIMER_MS = 2
// After so many milliseconds without a successful tick, `trouble` reports it.
const MAX_SILENCE_MS = 10_000

/**
 * Calls `tick` when something is due and at least every second, or every 30 s while this process is alone, and never
 * while the previous call is running. When `tick` says that there is more to do, the next call follows at once. Uses a monotonic
 * timer: wall-clock changes neither stop nor repeat ticks, and ticks that a suspended machine missed are not repeated.
 * @param tick gets the time of the tick
 */
export function startTicker(
  tick: (now: Date) => Promise<boolean>,
  { log, fail, nextDue = async () => undefined, isAlone = () => false }: Options,
): Ticker {
  let outage: Error | undefined
  let lastSuccess: number | undefined
  // When something is due next, as long as nobody changes that; and until when that is believed, by a monotonic clock.
  let [knownDue, knownUntil]: [Date | undefined, number] = [undefined, Number.NEGATIVE_INFINITY]
  let changes = 0

  /** @returns after how many milliseconds there is something to do */
  async function tickOnce(now: Date): Promise<number> {
    const before = changes
    knownUntil = Number.NEGATIVE_INFINITY
    try {
      const hasMore = await tick(now)
      const next = hasMore ? now : await nextDue(now)
      if (outage !== undefined) log.info('the outage is over')
      outage = undefined
      lastSuccess = performance.now()
      if (hasMore) return 0
      knownDue = next
      if (changes === before) knownUntil = lastSuccess + LONGEST_ALONE_MS
      return next === undefined
        ? LONGEST_MS
        : Math.max(SHORTEST_MS, next.getTime() - now.getTime() + TIMER_MS)
    } catch (error) {
      if (!(error instanceof Error && isOutage(error))) throw error
      if (outage === undefined) log.warn({ err: error }, 'firing schedules: waiting for an outage to end')
      outage = error
      return LONGEST_MS
    }
  }

  /** @returns after how many milliseconds something is due, if this process knows that it is not yet */
  function untilKnown(now: Date): number | undefined {
    if (!isAlone() || performance.now() >= knownUntil) return undefined
    if (knownDue === undefined) return LONGEST_MS
    return knownDue > now ? knownDue.getTime() - now.getTime() + TIMER_MS : undefined
  }

  const loop = startLoop(async () => {
    const began = performance.now()
    const now = new Date()
    const known = untilKnown(now)
    // To know that nothing is due is as good as a tick.
    if (known !== undefined) lastSuccess = began
    const pause = Math.min(LONGEST_MS, known ?? (await tickOnce(now)))
    return Math.max(0, pause - (performance.now() - began))
  }, fail)
  return {
    trouble() {
      if (outage !== undefined) return `waiting: ${outage.message}`
      if (lastSuccess === undefined) return 'has not ticked yet'
      const silence = performance.now() - lastSuccess
      return silence > MAX_SILENCE_MS ? `has not ticked for ${Math.round(silence / 1000)} s` : undefined
    },
    wake() {
      changes += 1
      knownUntil = Number.NEGATIVE_INFINITY
      loop.wake()
    },
    stop: loop.stop,
  }
}
