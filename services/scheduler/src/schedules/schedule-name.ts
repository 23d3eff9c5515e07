import { canonicalTimeZone, currentTimeZone } from '@daybook/shared/time/days'
import type { EndOfDaySchedule, Schedule } from './schedule.ts'

const END_OF_DAY = 'end-of-day:'

/** The name of the schedule that ends the days of a time zone. Names of operators' schedules contain no colon. */
export const endOfDayName = (timeZone: string) => `${END_OF_DAY}${timeZone}`

/** The id of the ScheduleFired of a slot, and of the job that it adds. @param slot as in the event */
export const firingId = (name: string, slot: string): string => `firing:${name}:${slot}`

export const isEndOfDay = (name: string) => name.startsWith(END_OF_DAY)

/** Replaces an older name of a time zone by the current one in the name of an end-of-day schedule. */
export function currentName(name: string): string {
  const timeZone = isEndOfDay(name) ? canonicalTimeZone(name.slice(END_OF_DAY.length)) : undefined
  return timeZone === undefined ? name : endOfDayName(timeZone)
}

/**
 * Whether a schedule ends days under an older name of its time zone, for example `end-of-day:Asia/Calcutta`. A name that this
 * version does not know is not an older name: firing such a schedule fails, and the failure is logged.
 */
export const isRenamed = (schedule: Schedule): schedule is EndOfDaySchedule =>
  schedule.kind === 'end-of-day' && currentTimeZone(schedule.timeZone) !== schedule.timeZone
