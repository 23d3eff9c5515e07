import { Temporal } from 'temporal-polyfill'
import { stretchAt } from './clock-changes.ts'

/**
 * Days are local dates, `YYYY-MM-DD`, in an IANA time zone. Everything that turns an instant into a day or a day
 * into an instant is here, by the clock changes that Temporal knows; midnight may not exist, or come twice.
 */

const DAY = 86_400_000

// Intl lists neither UTC nor the fixed-offset zones of tzdata's `etcetera` file, though it accepts both.
const fixedOffsets = [
  ...Array.from({ length: 12 }, (_, i) => `Etc/GMT+${i + 1}`),
  ...Array.from({ length: 14 }, (_, i) => `Etc/GMT-${i + 1}`),
]

/** Every time zone that a day can end in, by its canonical name, sorted. */
export const timeZones: readonly string[] = [
  ...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...fixedOffsets]),
].sort()

const known = new Set(timeZones)
const canonical = new Map<string, string | undefined>()

function resolveTimeZone(name: string): string | undefined {
  try {
    const zone = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
    return known.has(zone) ? zone : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/**
 * The one name under which Daybook keeps a time zone: `Asia/Kolkata` and `Asia/Calcutta` are the same place and
 * must end their days together.
 * @param name any spelling or alias of an IANA time zone
 * @returns a member of `timeZones`, or undefined for what is not a time zone (a bare offset is none)
 */
export function canonicalTimeZone(name: string): string | undefined {
  if (known.has(name)) return name
  // Names come from tokens: remember only what turned out to be a zone, or strangers could fill the memory.
  const spelling = name.toLowerCase()
  const zone = canonical.get(spelling) ?? resolveTimeZone(name)
  if (zone !== undefined) canonical.set(spelling, zone)
  return zone
}

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
