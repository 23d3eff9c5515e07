import { type Cron, parseCron } from './cron.ts'
import type { Piece } from './offset-interval.ts'

/** What repeats in a recurrence; all times in ms. */
export interface Pattern {
  /**
   * The first slot in a piece; undefined when none follows any more. When the piece has none, about when the next one
   * is: not more than two days after it.
   */
  first: (piece: Piece) => number | undefined
  /** How many slots there are in a piece. */
  count: (piece: Piece) => number
}

/** The slots of a cron expression around clock changes are those of Vixie cron, whatever the size of the change. */
export function cronPattern(expression: string): Pattern {
  const cron = parseCron(expression)
  return cron.isWildcard ? wildcardPattern(cron) : fixedPattern(cron)
}

/** Each instant at which the clock shows a matching local time: in both passes where times come twice. */
const wildcardPattern = (cron: Cron): Pattern => ({
  first({ from, offset }) {
    const local = cron.first(from + offset)
    return local === undefined ? undefined : local - offset
  },
  count: ({ from, to, offset }) => cron.count(from + offset, to + offset),
})

/**
 * Local times, each where it comes first. Those that the clock leaves out, however many, are one slot at the instant at
 * which it does.
 */
function fixedPattern(cron: Cron): Pattern {
  return {
    first({ from, offset, since }) {
      const local = cron.first(since)
      return local === undefined ? undefined : Math.max(local - offset, from)
    },
    count({ from, to, offset, since }) {
      const afterBegin = from + offset + 1
      const atBegin = Math.min(1, cron.count(since, afterBegin))
      return atBegin + cron.count(Math.max(since, afterBegin), to + offset)
    },
  }
}

/** Elapsed time since an anchor, which is a slot itself. */
export function everyPattern(every: number, anchor: number): Pattern {
  const before = (instant: number) => Math.max(0, Math.ceil((instant - anchor) / every))
  return {
    first: ({ from }) => anchor + before(from) * every,
    count: ({ from, to }) => before(to) - before(from),
  }
}

/** One slot. */
export function atPattern(at: number): Pattern {
  return {
    first: ({ from }) => (at < from ? undefined : at),
    count: ({ from, to }) => (from <= at && at < to ? 1 : 0),
  }
}
