import type { Rate } from '../kinds/kind.ts'

/**
 * Start intervals of a rate, by the generic cell rate algorithm. An attempt may start at any time in its interval, which is
 * up to `windowMs` wide. Intervals begin `spacing` apart, so that no choice of starts within them has more than
 * limit + burst - 1 starts in any window of `perMs`. All times are milliseconds by the broker's clock.
 */

/** What is stored of a rate. The last two are only stored of the rate of a kind. */
export interface RateState {
  /** When the next interval would begin if there was no burst. Absent: nothing has started yet. */
  tat?: number
  /** Nothing may start before. */
  pausedUntil?: number
  /** How many attempts of the kind have failed since the last success. */
  failures?: number
  /** While the kind is failing, nothing may start before. */
  probeFrom?: number
}

/** A kind is failing after so many failures in a row. */
export const FAILING_AFTER = 20

export const isFailing = ({ failures = 0 }: RateState): boolean => failures >= FAILING_AFTER

const opensAt = (state: RateState): number =>
  Math.max(state.pausedUntil ?? 0, isFailing(state) ? (state.probeFrom ?? 0) : 0)

/** How much later than it must an interval may begin that is taken now: short enough to stay revocable. */
const AHEAD_MS = 250
/** From the taking of an interval to its end: on a busy machine a job needs this long to reach its handler. */
const REACH_MS = 500

/** How long after its taking an interval begins at least: attempts of a narrow one that is near would come late. */
const leadOf = ({ windowMs }: Rate): number => Math.max(0, REACH_MS - windowMs)

/** The latest beginning of an interval that may be taken now. */
export const latestStart = (rates: readonly Rate[], now: number): number =>
  now + AHEAD_MS + Math.max(0, ...rates.map(leadOf))

// The brokers' clocks and the estimates of them differ by less.
const CLOCK_SLACK_MS = 5000

/** The time between the beginnings of two intervals, in milliseconds. */
export const spacingOf = ({ limit, perMs, windowMs }: Rate): number => (perMs + windowMs) / limit

const toleranceOf = (rate: Rate) => (rate.burst - 1) * spacingOf(rate)

/**
 * When the next interval begins.
 * @param rate undefined: the kind has no rate, but it can be paused or failing
 */
export function nextStart(rate: Rate | undefined, state: RateState, now: number): number {
  const open = opensAt(state)
  if (rate === undefined) return Math.max(now, open)
  return Math.max(now + leadOf(rate), open, tatOf(rate, state, now) - toleranceOf(rate))
}

/** The state after an interval was taken that begins at `start`, which is no earlier than `nextStart`. */
export function afterStart(rate: Rate, state: RateState, start: number, now: number): RateState {
  return { ...state, tat: Math.max(tatOf(rate, state, now), start) + spacingOf(rate) }
}

/**
 * The stored time, but no later than a rate with this limit can have set it. It is later after the limit was raised, which
 * holds at once, and after the broker's clock was set back.
 */
function tatOf(rate: Rate, { tat = Number.NEGATIVE_INFINITY }: RateState, now: number): number {
  const latest = latestStart([rate], now) + toleranceOf(rate) + spacingOf(rate)
  return tat > latest + CLOCK_SLACK_MS ? latest : tat
}

/** The interval in which an attempt may start, ends included. All rates of a job have the same one. */
export function intervalAt(start: number, rates: readonly Rate[]): { startFrom: Date; startBy: Date } {
  const from = Math.ceil(start)
  const width = Math.min(...rates.map(({ windowMs }) => windowMs))
  // Less 1 ms, because `from` is rounded up by less than that: the interval stays within [start, start + width).
  return { startFrom: new Date(from), startBy: new Date(from + width - 1) }
}
