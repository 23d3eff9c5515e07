import type { ParsedFields } from 'node-cron'

/** A day of a month of some length: its number, and its weekday, from Sunday, 0. */
interface MonthDay {
  day: number
  weekday: number
  length: number
}

/**
 * The days that the three day fields of a cron expression match: all three must.
 * @returns a function of a year and of a month, from 0, that lists the matching days of the month, from 1, ascending
 */
export function matchingDays({
  dayOfMonth,
  month,
  dayOfWeek,
}: Pick<ParsedFields, 'dayOfMonth' | 'month' | 'dayOfWeek'>) {
  // Months of one length that begin on one weekday are alike.
  const alike = new Map<number, number[]>()
  return (year: number, monthIndex: number): number[] => {
    if (!month.includes(monthIndex + 1)) return []
    const length = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate()
    const firstWeekday = new Date(Date.UTC(year, monthIndex, 1)).getUTCDay()
    const kind = length * 7 + firstWeekday
    const days =
      alike.get(kind) ??
      daysOf(length, firstWeekday)
        .filter(day => dayOfMonth.some(token => isDayOfMonth(token, day)))
        .filter(day => dayOfWeek.some(token => isDayOfWeek(token, day)))
        .map(({ day }) => day)
    alike.set(kind, days)
    return days
  }
}

const daysOf = (length: number, firstWeekday: number): MonthDay[] =>
  Array.from({ length }, (_, i) => ({ day: i + 1, weekday: (firstWeekday + i) % 7, length }))

/** @param token `15`; `L`, the last day; `L-3`, three days before it; `15W`, `LW`, the weekday nearest to a day */
function isDayOfMonth(token: number | string, { day, weekday, length }: MonthDay): boolean {
  if (typeof token === 'number') return day === token
  const number = Number(/\d+/.exec(token)?.[0] ?? 0)
  const target = token.startsWith('L') ? length - number : number
  if (!token.endsWith('W') || target < 1 || target > length) return day === target
  return day === nearestWorkday(target, (weekday + target - day + 35) % 7, length)
}

/** Monday to Friday, and within the month. */
function nearestWorkday(day: number, weekday: number, length: number): number {
  if (weekday === 6) return day === 1 ? 3 : day - 1
  if (weekday === 0) return day === length ? day - 2 : day + 1
  return day
}

/** @param token `5`; `5#2`, the second Friday; `5L`, the last one */
function isDayOfWeek(token: number | string, { day, weekday, length }: MonthDay): boolean {
  if (typeof token === 'number') return weekday === token
  if (weekday !== Number(token[0])) return false
  return token.endsWith('L') ? day + 7 > length : Math.ceil(day / 7) === Number(token[2])
}
