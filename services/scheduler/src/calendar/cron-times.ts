import type { ParsedFields } from 'node-cron'

/** The times of day that an expression matches, in whole seconds since the midnight on the clock. */
export interface MatchingTimes {
  earliest: number
  perDay: number
  /** The first at or after a second of the day; undefined when the day has no more. */
  first: (from: number) => number | undefined
  /** How many there are before a second of the day. */
  before: (end: number) => number
}

const ascending = (field: number[]) => [...new Set(field)].sort((a, b) => a - b)
const seconds = (hour: number, minute: number, second: number) => hour * 3600 + minute * 60 + second

/** The times of day of the fields for hour, minute and second: each combination of theirs. */
export function matchingTimes(fields: Pick<ParsedFields, 'hour' | 'minute' | 'second'>): MatchingTimes {
  const [hours, minutes, secs] = [ascending(fields.hour), ascending(fields.minute), ascending(fields.second)]
  // A field that is parsed has a value.
  const [firstMinute, firstSecond] = [minutes[0] as number, secs[0] as number]

  function first(from: number): number | undefined {
    const [hour, minute, second] = clock(from)
    const inHour = hours.includes(hour)
    const nextSecond = secs.find(value => value >= second)
    if (inHour && minutes.includes(minute) && nextSecond !== undefined)
      return seconds(hour, minute, nextSecond)
    const nextMinute = minutes.find(value => value > minute)
    if (inHour && nextMinute !== undefined) return seconds(hour, nextMinute, firstSecond)
    const nextHour = hours.find(value => value > hour)
    return nextHour === undefined ? undefined : seconds(nextHour, firstMinute, firstSecond)
  }

  function before(end: number): number {
    const [hour, minute, second] = clock(end)
    const inHour = hours.includes(hour) ? 1 : 0
    const inMinute = inHour * (minutes.includes(minute) ? 1 : 0)
    return (
      below(hours, hour) * minutes.length * secs.length +
      inHour * below(minutes, minute) * secs.length +
      inMinute * below(secs, second)
    )
  }

  const earliest = seconds(hours[0] as number, firstMinute, firstSecond)
  return { earliest, perDay: hours.length * minutes.length * secs.length, first, before }
}

const clock = (second: number): [number, number, number] => [
  Math.floor(second / 3600),
  Math.floor(second / 60) % 60,
  second % 60,
]

const below = (values: number[], limit: number) => values.filter(value => value < limit).length
