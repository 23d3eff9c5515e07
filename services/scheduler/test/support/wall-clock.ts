const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/**
 * Reads the clock of a place off Intl, which the code under test does not ask: the local time at an instant, as the ms
 * of the instant that has this time in UTC.
 */
export function wallClock(timeZone: string): (instant: number) => number {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return instant => Date.parse(`${format.format(instant).replace(' ', 'T')}Z`)
}

/** A change of a clock: the instant, and by how much the clock goes forward, all in ms. */
export interface ClockChange {
  timeZone: string
  at: number
  forward: number
}

/** The changes of a place's clock in a year, found by looking at it each day. */
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

/** A minute of local time, given as the UTC time of `local`, and the instant at which it is due. */
export interface Arrival {
  at: number
  local: Date
}

/** Walks minute by minute through [from, to), both full minutes: the local minute that the clock shows at each. */
export function shownMinutes(timeZone: string, from: number, to: number): Arrival[] {
  const clock = wallClock(timeZone)
  return Array.from({ length: (to - from) / minute }, (_, i) => {
    const at = from + i * minute
    return { at, local: new Date(clock(at)) }
  })
}

/**
 * When local minutes are due of which each counts once: when the clock comes to it, or leaves it out, for the first time.
 * @param shown what the clock shows minute by minute; what it shows first was there before
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

/** The slots of a rule, each once. */
export function slotsOn(due: Arrival[], matches: (arrival: Arrival) => boolean): number[] {
  return [...new Set(due.filter(matches).map(({ at }) => at))]
}
