const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * The wall clock of a time zone by Intl, which the code under test does not use.
 * @returns a function from an instant to the local time: the instant, in ms, at which a clock in UTC shows this time
 */
export function wallClock(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return instant => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
}

/** A clock change: the instant, and by how much the clock goes forward (negative: back), in ms. */
export interface ClockChange {
  timeZone: string
  at: number
  forward: number
}

/** The clock changes of a time zone in a year, found by comparing the offsets of neighbouring days. */
export function clockChanges(timeZone: string, year: number): ClockChange[] {
  const clock = wallClock(timeZone)
  const offset = (instant: number) => clock(instant) - instant
  const changes: ClockChange[] = []
  const end = Date.UTC(year + 1, 0)
  let last = offset(Date.UTC(year, 0))
  for (let at = Date.UTC(year, 0) + day; at <= end; at += day) {
    const [before, after] = [last, offset(at)]
    last = after
    if (before === after) continue
    let instant = at - day + minute
    while (offset(instant) === before) instant += minute
    changes.push({ timeZone, at: instant, forward: after - before })
  }
  return changes
}

/** A minute of local time, written as the UTC time of `local`, and the instant at which it is due. */
export interface Arrival {
  at: number
  local: Date
}

/** The local minutes that the clock shows in [from, to), one for each minute. Both ends are full minutes. */
export function shownMinutes(timeZone: string, from: number, to: number): Arrival[] {
  const clock = wallClock(timeZone)
  return Array.from({ length: (to - from) / minute }, (_, i) => {
    const at = from + i * minute
    return { at, local: new Date(clock(at)) }
  })
}

/**
 * When each local minute is due once: when the clock shows it, or skips it, for the first time.
 * @param shown what the clock shows minute by minute; the first minute and all earlier minutes are not due
 */
export function arrivals(shown: Arrival[]): Arrival[] {
  const found: Arrival[] = []
  let seen = shown[0]?.local.getTime() ?? 0
  for (const { at, local } of shown) {
    while (seen < local.getTime()) {
      seen += minute
      found.push({ at, local: new Date(seen) })
    }
  }
  return found
}

/** The instants of the minutes that match a rule, without duplicates. */
export function slotsOn(due: Arrival[], matches: (arrival: Arrival) => boolean): number[] {
  return [...new Set(due.filter(matches).map(({ at }) => at))]
}
