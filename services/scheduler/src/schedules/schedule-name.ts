import { canonicalTimeZone } from '@daybook/shared/time/days'
import type { EndOfDaySchedule, Schedule } from './schedule.ts'

const END_OF_DAY = 'end-of-day:'

/** The name of the schedule that ends the days of a time zone. Names of operators' schedules contain no colon. */
export const endOfDayName = (timeZone: string) => `${END_OF_DAY}${timeZone}`
export const isEndOfDay = (name: string) => name.startsWith(END_OF_DAY)

/** Replaces an older name of a time zone by the current one in the name of an end-of-day schedule. */
export function currentName(name: string): string {
  const timeZone = isEndOfDay(name) ? canonicalTimeZone(name.slice(END_OF_DAY.length)) : undefined
  return timeZone === undefined ? name : endOfDayName(timeZone)
}

/**
 * The current name of a schedule's time zone. A name that this version of Node does not know is returned as it is: then
 * firing fails and logs it.
 */
export const currentZone = ({ timeZone }: EndOfDaySchedule) => canonicalTimeZone(timeZone) ?? timeZone

/** Whether a schedule ends days under an older name of its time zone, for example `end-of-day:Asia/Calcutta`. */
export const isRenamed = (schedule: Schedule): schedule is EndOfDaySchedule =>
  schedule.kind === 'end-of-day' && currentZone(schedule) !== schedule.timeZone
