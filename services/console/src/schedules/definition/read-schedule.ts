import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import type { Schedule } from './schedule.ts'

/** Reads a schedule. */
export async function readSchedule(
  name: string,
  signal?: AbortSignal,
): Promise<{ data?: Schedule; error?: Problem }> {
  const options = { params: { path: { name } }, ...(signal ? { signal } : {}) }
  const { data, error } = await schedulerApi.GET('/schedules/{name}', options)
  return data === undefined ? { error: error as Problem } : { data }
}
