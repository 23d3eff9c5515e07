import { Temporal } from 'temporal-polyfill'

/**
 * A stretch of time through which a zone's clock runs on undisturbed: instants in [from, to), in ms since the epoch.
 * A local time is written as the ms of the instant that has this time in UTC; in the stretch it is instant + offset.
 */
export interface Stretch {
  from: number
  to: number
  offset: number
  /**
   * How far the clock had come when it got to `from`, in local time: where the stretch begins; earlier when the clock
   * was set forward there, later when it was set back and times come again.
   */
  seen: number
}

const DAY = 86_400_000
const WINDOW = 366 * DAY
// However far a clock was set back, it comes to new times within a day: to the other side of the date line, no further.
const RUN_UP = 2 * DAY

// For each zone the stretches of windows of time, by the number of the window.
const known = new Map<string, Map<number, Stretch[]>>()

/**
 * The stretch that an instant is in, by Temporal. It ends with a clock change, or sooner: not every end is one.
 * @param timeZone an IANA time zone
 * @param instant in ms since the epoch
 */
export function stretchAt(timeZone: string, instant: number): Stretch {
  const window = Math.floor(instant / WINDOW)
  const stretches = known.get(timeZone)?.get(window) ?? learn(timeZone, window)
  return stretches.find(({ to }) => instant < to) as Stretch
}

function learn(timeZone: string, window: number): Stretch[] {
  const stretches = stretchesFrom(window * WINDOW, timeZone)
  known.set(timeZone, (known.get(timeZone) ?? new Map<number, Stretch[]>()).set(window, stretches))
  return stretches
}

function stretchesFrom(start: number, timeZone: string): Stretch[] {
  const end = start + WINDOW
  const stretches: Stretch[] = []
  let seen = Number.NEGATIVE_INFINITY
  let clock = Temporal.Instant.fromEpochMilliseconds(start - RUN_UP).toZonedDateTimeISO(timeZone)
  for (;;) {
    const offset = clock.offsetNanoseconds / 1e6
    const change = clock.getTimeZoneTransition('next')
    const to = Math.min(change?.epochMilliseconds ?? end, end)
    const from = Math.max(clock.epochMilliseconds, start)
    const isCut = from > clock.epochMilliseconds
    if (to > start) stretches.push({ from, to, offset, seen: isCut ? Math.max(seen, from + offset) : seen })
    if (change === null || to === end) return stretches
    seen = Math.max(seen, to + offset)
    clock = change
  }
}
