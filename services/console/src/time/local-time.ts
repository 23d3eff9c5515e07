/** Instants as local times and dates. */

const formatters = new Map<string, Intl.DateTimeFormat>()

const TO_THE_MINUTE = { hour: '2-digit', minute: '2-digit', timeZoneName: 'short' } as const
const TO_THE_SECOND = { ...TO_THE_MINUTE, second: '2-digit' } as const

/** Writes an instant: `14:05 CET`, with the date in front of it unless `day` is its date. */
export const timeText = (at: number, zone: string, day?: string): string =>
  dated(formatter(zone, TO_THE_MINUTE).format(at), at, zone, day)

/** Writes an instant as `timeText` does, to the second: `14:05:09 CET`. */
export const secondText = (at: number, zone: string, day?: string): string =>
  dated(formatter(zone, TO_THE_SECOND).format(at), at, zone, day)

const dated = (time: string, at: number, zone: string, day?: string) =>
  dayOf(at, zone) === day ? time : `${dateText(at, zone)}, ${time}`

const dateText = (at: number, zone: string) =>
  formatter(zone, { day: 'numeric', month: 'short', year: 'numeric' }).format(at)

/** The local date of an instant in a time zone, YYYY-MM-DD. */
export function dayOf(at: number, zone: string): string {
  const parts = formatter(zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(at)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}`
}

const DAY_MS = 86_400_000

/** The instant at which a local date ends in a time zone, to the second. Days have 23 to 25 hours, some 0. */
export function endOfDay(day: string, zone: string): number {
  const noon = Date.parse(`${day}T12:00:00Z`)
  let [before, after] = [noon - DAY_MS, noon + 2 * DAY_MS]
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2)
    if (dayOf(middle, zone) > day) after = middle
    else before = middle
  }
  return Math.floor(after / 1000) * 1000
}

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${zone} ${Object.keys(options).join()}`
  const found = formatters.get(key) ?? new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })
  formatters.set(key, found)
  return found
}
