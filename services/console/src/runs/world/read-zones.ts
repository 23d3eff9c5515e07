import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { zoneOf } from './zones.ts'

/** Reads which day each time zone has now, and when that ends. */
export async function readZones(signal: AbortSignal) {
  const query = { kind: 'end-of-day', limit: 1000 } as const
  const { data, error } = await schedulerApi.GET('/schedules', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data: data.schedules.flatMap(zoneOf) }
}
