import { Temporal } from 'temporal-polyfill'

/**
 * A period without a clock change in a time zone: the instants in [from, to), in ms since the epoch. A local time is given
 * as the ms of the instant that has this time in UTC. Within the stretch, the local time is instant + offset.
 */
export interface Stretch {
  from: number
  to: number
  offset: number
  /**
   * The latest local time that the clock had shown before `from`. It equals the local time at `from` without a clock change
   * there. It is earlier when the clock was set forward there, and later when it was set back, so that times repeat.
   */
  seen: number
}

const DAY = 86_400_000
const WINDOW = 366 * DAY
// A clock that was set back reaches new local times within a day: the largest change crosses the date line.
const RUN_UP = 2 * DAY

// The stretches of each window of time, by time zone and by the number of the window.
const known = new Map<string, Map<number, Stretch[]>>()

/**
 * The stretch that contains an instant, calculated with Temporal. It ends with a clock change or earlier: an end is not always
 * a clock change.
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
