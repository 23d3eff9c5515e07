import { Temporal } from 'temporal-polyfill'
import { stretchAt } from './clock-changes.ts'
import { currentName, namesInIntl } from './time-zone-names.ts'

/**
 * Days are local dates, `YYYY-MM-DD`, in an IANA time zone. Everything that turns an instant into a day or a day
 * into an instant is here, by the clock changes that Temporal knows; midnight may not exist, or come twice.
 */

const DAY = 86_400_000

const listed = new Set(Intl.supportedValuesOf('timeZone'))

/** Every time zone that a day can end in, by its current name, sorted. */
export const timeZones: readonly string[] = [...namesInIntl.keys()].filter(isInIntl).sort()

const known = new Set(timeZones)

/** Whether the time zone data of this Node have a zone: those of an older Node lack the newest ones. */
function isInIntl(zone: string): boolean {
  // Intl takes zones of a fixed offset, but does not list them.
  return (
    zone === 'UTC' || zone.startsWith('Etc/') || listed.has(zone) || listed.has(namesInIntl.get(zone) ?? '')
  )
}

/**
 * The one name under which Daybook keeps a time zone, the current one: `Asia/Kolkata` and `Asia/Calcutta` are the same
 * place and must end their days together.
 * @param name a name of the IANA database, be it a zone or a link, in any case
 * @returns a member of `timeZones`; undefined for what is no such name, as a bare offset or an abbreviation of ICU
 */
export function canonicalTimeZone(name: string): string | undefined {
  const zone = currentName(name)
  return zone !== undefined && known.has(zone) ? zone : undefined
}

/** What to say about a text that `canonicalTimeZone` does not take. */
export const TIME_ZONE_FAULT =
  'must be an IANA time zone, as in Europe/Berlin; an abbreviation such as BST or IST means several'

/**
 * The names under which documents may hold a time zone: its current name and, where that changed, the one that earlier
 * versions of Daybook took from `Intl`.
 * @param timeZone a member of `timeZones`
 */
export const storedNames = (timeZone: string): string[] => [
  ...new Set([timeZone, namesInIntl.get(timeZone) ?? timeZone]),
]

/** The names under which only earlier versions of Daybook kept time zones. */
export const olderTimeZones: readonly string[] = timeZones.flatMap(zone =>
  storedNames(zone).filter(name => name !== zone),
)

/** The local date at an instant. */
export function dayOf(instant: Date, timeZone: string): string {
  const { offset } = stretchAt(timeZone, instant.getTime())
  return new Date(instant.getTime() + offset).toISOString().slice(0, -'T00:00:00.000Z'.length)
}

/**
 * The instant at which a day is over for good: the first one of the local date after it, or a later one where the
 * clock then goes back across midnight and brings the old date again (St John's until 2010, at 00:01).
 * @param day a date of the calendar, `YYYY-MM-DD`
 */
export function endOfDay(day: string, timeZone: string): Date {
  const midnight = Date.parse(day) + DAY
  // Local times are no further from UTC than two days: the last stretch that begins before this midnight.
  let last = stretchAt(timeZone, midnight - 2 * DAY)
  let next = stretchAt(timeZone, last.to)
  while (next.from + next.offset < midnight) {
    last = next
    next = stretchAt(timeZone, last.to)
  }
  return new Date(Math.min(midnight - last.offset, last.to))
}

/** An instant as local time with its offset, in milliseconds: `2026-11-22T14:03:00.123+01:00`. */
export function localTime(instant: Date, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone)
  return zoned.toString({ timeZoneName: 'never', fractionalSecondDigits: 3 })
}
