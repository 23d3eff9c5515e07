/** Local time by Intl: the services calculate it with Temporal. */

const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known !== undefined) return known
  const two = '2-digit'
  const made = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, calendar: 'iso8601', numberingSystem: 'latn', hourCycle: 'h23', year: 'numeric' },
    ...{ month: two, day: two, hour: two, minute: two, second: two },
  })
  formatters.set(timeZone, made)
  return made
}

/** The local time at an instant, as if it were UTC. */
function localAt(at: number, timeZone: string): number {
  const parts: Partial<Record<string, number>> = {}
  for (const { type, value } of formatterOf(timeZone).formatToParts(at)) parts[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000)
}

/** The local date at an instant. */
export const dayAt = (at: number, timeZone: string): string =>
  new Date(localAt(at, timeZone)).toISOString().slice(0, 10)

/** An instant as local time with its offset: `2026-11-22T14:03:00.123+01:00`. */
export function localText(at: number, timeZone: string): string {
  const local = localAt(at, timeZone)
  const minutes = Math.round(Math.abs(local - at) / 60_000)
  const two = (number: number) => String(number).padStart(2, '0')
  const offset = `${local < at ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
  return `${new Date(local).toISOString().slice(0, -1)}${offset}`
}
