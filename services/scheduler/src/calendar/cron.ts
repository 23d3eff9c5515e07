import { type ParsedFields, parse } from 'node-cron'
import { matchingDays } from './cron-days.ts'
import { matchingTimes } from './cron-times.ts'

/**
 * The matches of a cron expression as node-cron understands it: the second may be left out; names, steps, lists and
 * ranges, which may wrap; L, W and #; both day fields must match. Local times are the ms of the instant that has this
 * time in UTC.
 */
export interface Cron {
  /**
   * Whether its minute or its hour is a wildcard, its text beginning with `*`, as Vixie cron has it; the second does not
   * count. A wildcard follows elapsed time, and other expressions name fixed times.
   */
  isWildcard: boolean
  /** The first matching local time at or after one; undefined when none comes within a hundred years. */
  first: (local: number) => number | undefined
  /** How many local times match in [from, to). */
  count: (from: number, to: number) => number
}

const DAY = 86_400_000
// The rarest days there are, a 29 February on a certain weekday, come within forty years.
const MOST_MONTHS = 1200

// Parsing takes ten times as long as finding a match.
const parsed = new Map<string, Cron>()
const MOST_PARSED = 1000

/** @throws Error for what node-cron does not take; `cronProblems` says what is wrong */
export function parseCron(expression: string): Cron {
  const known = parsed.get(expression)
  if (known !== undefined) return known
  if (parsed.size >= MOST_PARSED) parsed.clear()
  const cron = { isWildcard: isWildcard(expression), ...matchesOf(parse(expression)) }
  parsed.set(expression, cron)
  return cron
}

function isWildcard(expression: string): boolean {
  const fields = expression.trim().split(/ +/)
  if (fields.length === 1) return expression.trim().toLowerCase() === '@hourly'
  return fields.slice(-5, -3).some(minuteOrHour => minuteOrHour.startsWith('*'))
}

function matchesOf(fields: ParsedFields): Omit<Cron, 'isWildcard'> {
  const daysIn = matchingDays(fields)
  const times = matchingTimes(fields)

  function firstDay(from: number): number | undefined {
    const [year, month] = [new Date(from).getUTCFullYear(), new Date(from).getUTCMonth()]
    for (let later = 0; later < MOST_MONTHS; later += 1) {
      const begin = new Date(Date.UTC(year, month + later))
      const days = daysIn(begin.getUTCFullYear(), begin.getUTCMonth())
      const match = days.map(day => begin.getTime() + (day - 1) * DAY).find(day => day >= from)
      if (match !== undefined) return match
    }
    return undefined
  }

  function first(local: number): number | undefined {
    const from = secondsUp(local)
    const day = firstDay(startOfDay(from * 1000))
    if (day === undefined) return undefined
    const time = times.first(Math.max(0, from - day / 1000))
    if (time !== undefined) return day + time * 1000
    const next = firstDay(day + DAY)
    return next === undefined ? undefined : next + times.earliest * 1000
  }

  /** How many local times match from some day on, before a local time of the days after it. */
  function countFrom(begin: number, local: number): number {
    let count = 0
    let day = firstDay(begin)
    for (; day !== undefined && day + DAY <= local; day = firstDay(day + DAY)) count += times.perDay
    return day === undefined || day >= local ? count : count + times.before(secondsUp(local - day))
  }

  return {
    first,
    count(from, to) {
      const begin = startOfDay(from)
      return to <= from ? 0 : countFrom(begin, to) - countFrom(begin, from)
    },
  }
}

const startOfDay = (local: number) => Math.floor(local / DAY) * DAY

/** Matches are at whole seconds: the first second that has come, when a local time is there. */
const secondsUp = (ms: number) => Math.ceil(ms / 1000)
