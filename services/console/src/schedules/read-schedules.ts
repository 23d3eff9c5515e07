import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import type { Schedule } from './definition/schedule.ts'

export type Kind = Schedule['kind']

/** The most schedules that are read at once. */
export const MOST = 1000

export interface SchedulesRead {
  schedules: Schedule[]
  /** Whether there are more than these. */
  hasMore: boolean
}

/** Reads the schedules of a kind. */
export async function readSchedules(
  kind: Kind,
  signal: AbortSignal,
): Promise<{ data?: SchedulesRead; error?: Problem }> {
  const params = { query: { kind, limit: MOST } }
  const { data, error } = await schedulerApi.GET('/schedules', { params, signal })
  if (data === undefined) return { error: error as Problem }
  return { data: { schedules: data.schedules, hasMore: data.nextAfter !== null } }
}
