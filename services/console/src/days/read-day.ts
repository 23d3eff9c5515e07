import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'
import { readLog } from './download.ts'
import { type Day, hasFile } from './log-state.ts'

/** A day as it stands: its log as it was written, and as it will be. */
export interface DayRead {
  day: Day
  written: string | undefined
}

/** Reads a day with all its completions, and its log file if there is one. */
export async function readDay(
  day: string,
  signal: AbortSignal,
): Promise<{ data?: DayRead; error?: Problem }> {
  const { data, error } = await readCompletely(day, signal)
  if (data === undefined) return { error: error as Problem }
  if (!hasFile(data.log)) return { data: { day: data, written: undefined } }
  const log = await readLog(day, 'text', signal)
  return log.data === undefined ? { error: log.error as Problem } : { data: { day: data, written: log.data } }
}

async function readCompletely(
  day: string,
  signal: AbortSignal,
  cursor?: string,
): Promise<{ data?: Day; error?: unknown }> {
  const params = { path: { day }, query: cursor === undefined ? {} : { cursor } }
  const { data, error } = await reportingApi.GET('/days/{day}', { params, signal })
  if (data === undefined) return { error }
  // A process of an earlier version has no pages.
  if (!data.nextCursor) return { data }
  const rest = await readCompletely(day, signal, data.nextCursor)
  if (rest.data === undefined) return rest
  const completions = [...data.completions, ...rest.data.completions]
  // The first page alone has what was taken back.
  const { takenBack = [] } = data
  return { data: { ...rest.data, completions, takenBack } }
}
