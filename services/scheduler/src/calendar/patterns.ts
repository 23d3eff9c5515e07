import { type Cron, parseCron } from './cron.ts'
import type { OffsetInterval } from './offset-interval.ts'

/** How a recurrence repeats, without its bounds and excluded dates; all times in ms. */
export interface Pattern {
  /**
   * Finds the first slot at or after the begin of an interval. A slot in the interval is exact. A later slot is computed
   * with the interval's offset: the real one is at most two days off. Undefined when no slot follows.
   */
  first: (interval: OffsetInterval) => number | undefined
}

/** The pattern of a cron expression. Around clock changes of any size its slots are those of Vixie cron. */
export function cronPattern(expression: string): Pattern {
  const cron = parseCron(expression)
  return cron.isWildcard ? wildcardPattern(cron) : fixedPattern(cron)
}

/** Every instant at which the clock shows a matching local time: where times come twice, in both passes. */
const wildcardPattern = (cron: Cron): Pattern => ({
  first({ from, offset }) {
    const local = cron.first(from + offset)
    return local === undefined ? undefined : local - offset
  },
})

/**
 * Every matching local time where it comes first. All matching times that one clock change skips are one slot, at the
 * instant of the change.
 */
const fixedPattern = (cron: Cron): Pattern => ({
  first({ from, offset, since }) {
    const local = cron.first(since)
    return local === undefined ? undefined : Math.max(local - offset, from)
  },
})

/** Elapsed time since an anchor, which is the first slot. */
export const everyPattern = (every: number, anchor: number): Pattern => ({
  first: ({ from }) => anchor + Math.max(0, Math.ceil((from - anchor) / every)) * every,
})

/** One slot. */
export const atPattern = (at: number): Pattern => ({
  first: ({ from }) => (at < from ? undefined : at),
})
