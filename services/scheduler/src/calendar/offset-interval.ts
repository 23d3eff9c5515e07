import { stretchAt } from '@daybook/shared/time/clock-changes'

/**
 * An interval of time with one UTC offset: instants in [from, to), in ms since the epoch; local time is instant + offset. It
 * is the part of a `Stretch` from an instant to the end of the stretch.
 */
export interface OffsetInterval {
  from: number
  to: number
  offset: number
  /**
   * The first new local time: the clock neither showed nor skipped this time before the interval. This time is earlier than
   * the local time at `from` when the clock was set forward at `from`. This time is later when the clock was set back and
   * shows old times again.
   */
  since: number
}

/** The interval from an instant to the end of its stretch. */
export function offsetIntervalFrom(timeZone: string, from: number): OffsetInterval {
  const { from: begin, to, offset, seen } = stretchAt(timeZone, from)
  return { from, to, offset, since: from === begin ? seen : Math.max(seen, from + offset) }
}
