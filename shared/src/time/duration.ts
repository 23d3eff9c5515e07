import { Temporal } from 'temporal-polyfill'
import { Type } from 'typebox'

/**
 * Durations are lengths of elapsed time in ISO 8601: whole seconds, from one second to a hundred years. A day is 24 hours.
 * Years, months and weeks are refused, because their length depends on the calendar or on the reader.
 */

const LONGEST = 36_525 * 86_400_000

/** Returns the length of a duration in milliseconds, or undefined when the text is not such a duration. */
export function durationMs(text: string): number | undefined {
  try {
    const duration = Temporal.Duration.from(text)
    if (duration.years !== 0 || duration.months !== 0 || duration.weeks !== 0) return undefined
    const ms = duration.total('milliseconds')
    return ms % 1000 === 0 && ms >= 1000 && ms <= LONGEST ? ms : undefined
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The schema of a duration. */
export const Duration = (description: string) =>
  Type.String({
    format: 'elapsed-time',
    maxLength: 40,
    description: `${description}; an ISO 8601 duration of days, hours, minutes and seconds, as in PT1H30M`,
  })
