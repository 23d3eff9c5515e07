import { type Cron, parseCron } from './cron.ts'
import type { OffsetInterval } from './offset-interval.ts'

/** How a recurrence repeats, without its bounds and excluded dates; all times in ms. */
export interface Pattern {
  /**
   * Finds the first slot at or after the begin of an interval. A slot in the interval is exact. A slot after the interval is
   * an estimate, computed with the interval's offset: it differs from the real slot by at most two days. Undefined when no
   * slot follows.
   */
  first: (interval: OffsetInterval) => number | undefined
}

/** The pattern of a cron expression. Around clock changes of any size its slots are those of Vixie cron. */
export function cronPattern(expression: string): Pattern {
  const cron = parseCron(expression)
  return cron.isWildcard ? wildcardPattern(cron) : fixedPattern(cron)
}

/** The slots are all instants at which the clock shows a matching local time. A local time that comes twice has two slots. */
const wildcardPattern = (cron: Cron): Pattern => ({
  first({ from, offset }) {
    const local = cron.first(from + offset)
    return local === undefined ? undefined : local - offset
  },
})

/**
 * Each matching local time has one slot, at the first instant at which it comes. All matching times that one clock change
 * skips are one slot, at the instant of the change.
 */
const fixedPattern = (cron: Cron): Pattern => ({
  first({ from, offset, since }) {
    const local = cron.first(since)
    return local === undefined ? undefined : Math.max(local - offset, from)
  },
})

/** The slots are multiples of `every` after an anchor, which is the first slot. */
export const everyPattern = (every: number, anchor: number): Pattern => ({
  first: ({ from }) => anchor + Math.max(0, Math.ceil((from - anchor) / every)) * every,
})

/** The only slot is `at`. */
export const atPattern = (at: number): Pattern => ({
  first: ({ from }) => (at < from ? undefined : at),
})
