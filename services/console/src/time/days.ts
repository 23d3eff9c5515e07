/** Calculations with local dates, YYYY-MM-DD. A date is no instant, so no time zone is involved. */

const DAY_MS = 86_400_000

const asUtc = (day: string) => Date.parse(`${day}T00:00:00Z`)
const written = (at: number) => new Date(at).toISOString().slice(0, 10)

/** Whether a text is a date that exists. */
export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(asUtc(text)) && written(asUtc(text)) === text

export const addDays = (day: string, count: number): string => written(asUtc(day) + count * DAY_MS)

/** The same day of another month, or the last day of that month when it is shorter. */
export function addMonths(day: string, count: number): string {
  const first = `${day.slice(0, 7)}-01`
  const month = new Date(asUtc(first))
  month.setUTCMonth(month.getUTCMonth() + count)
  const last = new Date(month)
  last.setUTCMonth(last.getUTCMonth() + 1, 0)
  const date = Math.min(Number(day.slice(8)), last.getUTCDate())
  return `${written(month.getTime()).slice(0, 8)}${String(date).padStart(2, '0')}`
}

/** The weekday of a day: 0 is Monday, 6 Sunday. */
export const weekdayOf = (day: string): number => (new Date(asUtc(day)).getUTCDay() + 6) % 7

/** The weeks of a month from Monday to Sunday, with the days of the months before and after it. */
export function weeksOf(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`
  const monday = addDays(first, -weekdayOf(first))
  const after = addMonths(first, 1)
  const weeks = []
  for (let week = monday; week < after; week = addDays(week, 7)) {
    weeks.push(Array.from({ length: 7 }, (_, i) => addDays(week, i)))
  }
  return weeks
}

const named = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: 'UTC' })
  return (day: string) => format.format(asUtc(day))
}

/** `Wednesday, 25 November 2026` */
export const longDay = named({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
/** `Wed 25 Nov` */
export const shortDay = named({ weekday: 'short', day: 'numeric', month: 'short' })
/** `November 2026` */
export const monthName = named({ month: 'long', year: 'numeric' })
