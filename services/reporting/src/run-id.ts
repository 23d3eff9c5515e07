import { currentTimeZone, storedNames } from '@daybook/shared/time/days'

/** A local date in a time zone: what a run, an end of day and a completion are about. */
export interface DayInZone {
  /** `YYYY-MM-DD` */
  day: string
  timeZone: string
}

/** The id of a run: `<day>@<timeZone>`. */
export const runId = (day: string, timeZone: string): string => `${day}@${timeZone}`

/** Matches the ids of runs, of days and time zones that exist and of others. */
export const RUN_ID = '^\\d{4}-\\d\\d-\\d\\d@\\S+$'

/** The id of a run under the current name of its time zone. Earlier versions used older names (`Asia/Calcutta`). */
export function currentRunId(id: string): string {
  const { day, timeZone } = dayInZone(id)
  return runId(day, currentTimeZone(timeZone))
}

/** The ids under which user logs may name a run: its current id, and the id that it had in earlier versions. */
export function storedRunIds(id: string): string[] {
  const { day, timeZone } = dayInZone(id)
  return storedNames(timeZone).map(name => runId(day, name))
}

/** The day and the time zone of a run's id. */
export function dayInZone(id: string): DayInZone {
  const at = id.indexOf('@')
  return { day: id.slice(0, at), timeZone: id.slice(at + 1) }
}
