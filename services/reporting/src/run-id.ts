import { currentTimeZone, storedNames } from '@daybook/shared/time/days'

/** A local date in a time zone: what a run, an end of day and a completion are about. */
export interface DayInZone {
  /** `YYYY-MM-DD` */
  day: string
  timeZone: string
}

/** The id of a run: `<day>@<timeZone>`. */
export const runId = (day: string, timeZone: string): string => `${day}@${timeZone}`

/** The id of a run under the current name of its time zone. Earlier versions used older names (`Asia/Calcutta`). */
export function currentRunId(id: string): string {
  const [day, timeZone] = partsOf(id)
  return runId(day, currentTimeZone(timeZone))
}

/** The ids under which user logs may name a run: its current id, and the id that it had in earlier versions. */
export function storedRunIds(id: string): string[] {
  const [day, timeZone] = partsOf(id)
  return storedNames(timeZone).map(name => runId(day, name))
}

function partsOf(id: string): [day: string, timeZone: string] {
  const at = id.indexOf('@')
  return [id.slice(0, at), id.slice(at + 1)]
}
