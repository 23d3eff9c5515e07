import type { ParsedFields } from 'node-cron'

/** A day of a month: its number, its weekday (Sunday is 0), and the number of days in the month. */
interface MonthDay {
  day: number
  weekday: number
  length: number
}

/**
 * The days that match all three day fields of a cron expression.
 * @returns a function that lists the matching days of a month in ascending order. Months count from 0, days from 1
 */
export function matchingDays({
  dayOfMonth,
  month,
  dayOfWeek,
}: Pick<ParsedFields, 'dayOfMonth' | 'month' | 'dayOfWeek'>) {
  // Months that have the same length and begin on the same weekday have the same matching days.
  const known = new Map<number, number[]>()
  return (year: number, monthIndex: number): number[] => {
    if (!month.includes(monthIndex + 1)) return []
    const length = new Date(Date.UTC(year, monthIndex + 1, 0)).getUTCDate()
    const firstWeekday = new Date(Date.UTC(year, monthIndex, 1)).getUTCDay()
    const key = length * 7 + firstWeekday
    const days =
      known.get(key) ??
      daysOf(length, firstWeekday)
        .filter(day => dayOfMonth.some(token => isDayOfMonth(token, day)))
        .filter(day => dayOfWeek.some(token => isDayOfWeek(token, day)))
        .map(({ day }) => day)
    known.set(key, days)
    return days
  }
}

const daysOf = (length: number, firstWeekday: number): MonthDay[] =>
  Array.from({ length }, (_, i) => ({ day: i + 1, weekday: (firstWeekday + i) % 7, length }))

/**
 * Whether a token of the field day of month matches a day.
 * @param token `15`; `L`, the last day; `L-3`, three days before the last day; `15W` or `LW`, the workday nearest to a day
 */
function isDayOfMonth(token: number | string, { day, weekday, length }: MonthDay): boolean {
  if (typeof token === 'number') return day === token
  const number = Number(/\d+/.exec(token)?.[0] ?? 0)
  const target = token.startsWith('L') ? length - number : number
  if (!token.endsWith('W') || target < 1 || target > length) return day === target
  return day === nearestWorkday(target, (weekday + target - day + 35) % 7, length)
}

/** The day from Monday to Friday that is nearest to a day, in the same month. */
function nearestWorkday(day: number, weekday: number, length: number): number {
  if (weekday === 6) return day === 1 ? 3 : day - 1
  if (weekday === 0) return day === length ? day - 2 : day + 1
  return day
}

/**
 * Whether a token of the field day of week matches a day.
 * @param token `5`; `5#2`, the second Friday of the month; `5L`, the last Friday of the month
 */
function isDayOfWeek(token: number | string, { day, weekday, length }: MonthDay): boolean {
  if (typeof token === 'number') return weekday === token
  if (weekday !== Number(token[0])) return false
  return token.endsWith('L') ? day + 7 > length : Math.ceil(day / 7) === Number(token[2])
}
