import type { ParsedFields } from 'node-cron'

const ascending = (field: number[]) => [...new Set(field)].sort((a, b) => a - b)
const seconds = (hour: number, minute: number, second: number) => hour * 3600 + minute * 60 + second

/**
 * The times of day that the hour, minute and second fields of a cron expression match: each combination of their values.
 * Times are in whole seconds since midnight on the local clock.
 * @returns a function that finds the first matching time at or after a time; undefined when no later time of the day matches
 */
export function matchingTimes(fields: Pick<ParsedFields, 'hour' | 'minute' | 'second'>) {
  const [hours, minutes, secs] = [ascending(fields.hour), ascending(fields.minute), ascending(fields.second)]
  // node-cron returns at least one value for each field.
  const [firstMinute, firstSecond] = [minutes[0] as number, secs[0] as number]

  return (from: number): number | undefined => {
    const [hour, minute, second] = [Math.floor(from / 3600), Math.floor(from / 60) % 60, from % 60]
    const inHour = hours.includes(hour)
    const nextSecond = secs.find(value => value >= second)
    if (inHour && minutes.includes(minute) && nextSecond !== undefined)
      return seconds(hour, minute, nextSecond)
    const nextMinute = minutes.find(value => value > minute)
    if (inHour && nextMinute !== undefined) return seconds(hour, nextMinute, firstSecond)
    const nextHour = hours.find(value => value > hour)
    return nextHour === undefined ? undefined : seconds(nextHour, firstMinute, firstSecond)
  }
}
