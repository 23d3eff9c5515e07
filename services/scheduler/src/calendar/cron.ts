import { type ParsedFields, parse } from 'node-cron'
import { matchingDays } from './cron-days.ts'
import { matchingTimes } from './cron-times.ts'

/**
 * A parsed cron expression in node-cron's syntax: the second is optional; a field can have names, steps, lists and ranges
 * that wrap (22-2); days can have L, W and #. Day of month and day of week must both match. A local time is a number: the
 * instant, in ms, at which a clock in UTC shows this time.
 */
export interface Cron {
  /**
   * Whether the text of the minute or the hour begins with `*`, as Vixie cron defines a wildcard. The second does not
   * count. A wildcard follows elapsed time; any other expression names fixed times.
   */
  isWildcard: boolean
  /** Finds the first matching local time at or after a local time; undefined when none comes within a hundred years. */
  first: (local: number) => number | undefined
}

const DAY = 86_400_000
// The rarest date, a 29 February on a given weekday, comes again within forty years.
const MAX_MONTHS = 1200

// Cached, because parsing takes ten times as long as finding a match.
const parsed = new Map<string, Cron>()
const MAX_PARSED = 1000

/**
 * Parses a cron expression.
 * @throws Error for an expression that node-cron rejects; `cronProblems` says what is wrong with it
 */
export function parseCron(expression: string): Cron {
  const known = parsed.get(expression)
  if (known !== undefined) return known
  if (parsed.size >= MAX_PARSED) parsed.clear()
  const cron = { isWildcard: isWildcard(expression), first: matchesOf(parse(expression)) }
  parsed.set(expression, cron)
  return cron
}

function isWildcard(expression: string): boolean {
  const fields = expression.trim().split(/ +/)
  if (fields.length === 1) return expression.trim().toLowerCase() === '@hourly'
  return fields.slice(-5, -3).some(minuteOrHour => minuteOrHour.startsWith('*'))
}

function matchesOf(fields: ParsedFields): Cron['first'] {
  const daysIn = matchingDays(fields)
  const firstTime = matchingTimes(fields)

  /** Finds the first matching day at or after a day, both as the local time of their midnight. */
  function firstDay(from: number): number | undefined {
    const [year, month] = [new Date(from).getUTCFullYear(), new Date(from).getUTCMonth()]
    for (let later = 0; later < MAX_MONTHS; later += 1) {
      const begin = new Date(Date.UTC(year, month + later))
      const days = daysIn(begin.getUTCFullYear(), begin.getUTCMonth())
      const match = days.map(day => begin.getTime() + (day - 1) * DAY).find(day => day >= from)
      if (match !== undefined) return match
    }
    return undefined
  }

  return local => {
    // Matches are at whole seconds.
    const from = Math.ceil(local / 1000)
    const day = firstDay(Math.floor((from * 1000) / DAY) * DAY)
    if (day === undefined) return undefined
    const time = firstTime(Math.max(0, from - day / 1000))
    if (time !== undefined) return day + time * 1000
    const next = firstDay(day + DAY)
    return next === undefined ? undefined : next + (firstTime(0) as number) * 1000
  }
}
