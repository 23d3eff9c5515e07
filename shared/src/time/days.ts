import { stretchAt } from './clock-changes.ts'
import { currentName, namesInIntl } from './time-zone-names.ts'

/**
 * Days are local dates, `YYYY-MM-DD`, in an IANA time zone. All conversions between instants and days are here. They use the
 * clock changes that Temporal knows: a midnight may not exist, or occur twice.
 */

const DAY = 86_400_000

const listed = new Set(Intl.supportedValuesOf('timeZone'))

/** The current names of all time zones, sorted. */
export const timeZones: readonly string[] = [...namesInIntl.keys()].filter(isInIntl).sort()

const known = new Set(timeZones)

/** Returns whether the time zone data of this Node contain a zone. An older Node lacks the newest zones. */
function isInIntl(zone: string): boolean {
  // Intl accepts zones with a fixed offset, but does not list them.
  return (
    zone === 'UTC' || zone.startsWith('Etc/') || listed.has(zone) || listed.has(namesInIntl.get(zone) ?? '')
  )
}

/**
 * Returns the current name of a time zone, under which Daybook stores the zone. `Asia/Kolkata` and `Asia/Calcutta` are the
 * same place, and their days must end together.
 * @param name a name in the IANA database, of a zone or a link, in upper or lower case
 * @returns a member of `timeZones`; undefined for any other text, for example an offset or an abbreviation of ICU
 */
export function canonicalTimeZone(name: string): string | undefined {
  const zone = currentName(name)
  return zone !== undefined && known.has(zone) ? zone : undefined
}

/**
 * Returns the current name of a time zone: earlier versions of Daybook stored some zones under older names. A name that this
 * version does not know is returned as it is.
 */
export const currentTimeZone = (name: string): string => canonicalTimeZone(name) ?? name

/** The message for a text that `canonicalTimeZone` does not accept. */
export const TIME_ZONE_FAULT =
  'must be an IANA time zone, as in Europe/Berlin; an abbreviation such as BST or IST means several'

/**
 * Returns the names under which stored documents may have a time zone: its current name and, after a rename, the name that
 * earlier versions of Daybook took from `Intl`.
 * @param timeZone a member of `timeZones`
 */
export const storedNames = (timeZone: string): string[] => [
  ...new Set([timeZone, namesInIntl.get(timeZone) ?? timeZone]),
]

/** The names under which only earlier versions of Daybook stored time zones. */
export const olderTimeZones: readonly string[] = timeZones.flatMap(zone =>
  storedNames(zone).filter(name => name !== zone),
)

/** Returns the local date at an instant. */
export function dayOf(instant: Date, timeZone: string): string {
  const { offset } = stretchAt(timeZone, instant.getTime())
  return new Date(instant.getTime() + offset).toISOString().slice(0, -'T00:00:00.000Z'.length)
}

/**
 * Returns the instant at which a day is finally over: the first instant of the next local date. It is later when the clock
 * then goes back across midnight, because the old date occurs again (St John's until 2010, at 00:01).
 * @param day a date of the calendar, `YYYY-MM-DD`
 */
export function endOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(day) + DAY
  // A local time differs from UTC by less than two days. Finds the last stretch that begins before this midnight.
  let last = stretchAt(timeZone, midnight - 2 * DAY)
  let next = stretchAt(timeZone, last.to)
  while (next.from + next.offset < midnight) {
    last = next
    next = stretchAt(timeZone, last.to)
  }
  return new Date(Math.min(midnight - last.offset, last.to))
}

/** Returns an instant as local time with its offset, in milliseconds: `2026-11-22T14:03:00.123+01:00`. */
export function localTime(instant: Date, timeZone: string): string {
  const { offset } = stretchAt(timeZone, instant.getTime())
  const local = new Date(instant.getTime() + offset).toISOString().slice(0, -1)
  return `${local}${offsetText(offset)}`
}

/** An offset in ms as `+01:00`, rounded to minutes as Temporal does: before 1972 some offsets have seconds. */
function offsetText(offset: number): string {
  const minutes = Math.round(Math.abs(offset) / 60_000)
  const two = (number: number) => String(number).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}
