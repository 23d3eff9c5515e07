import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'
import type { Run } from './run.ts'

const PAGE = 100

export interface Wanted {
  state: Run['state'] | undefined
  onlyFailed: boolean
  day: string | undefined
  timeZone: string | undefined
  cursor: string | undefined
}

export async function readRuns(
  { state, onlyFailed, day, timeZone, cursor }: Partial<Wanted>,
  signal: AbortSignal,
) {
  const query = {
    limit: PAGE,
    ...(state ? { state } : {}),
    ...(onlyFailed ? { failed: 'true' as const } : {}),
    ...(day ? { day } : {}),
    ...(timeZone ? { timeZone } : {}),
    ...(cursor ? { cursor } : {}),
  }
  const { data, error } = await reportingApi.GET('/runs', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

/** Reads the runs that are not done, by id. */
export async function readUnfinished(signal: AbortSignal) {
  const found = new Map<string, Run>()
  for (const state of ['closing', 'writing'] as const) {
    const { data, error } = await readRuns({ state }, signal)
    if (data === undefined) return { error }
    for (const run of data.runs) found.set(run.id, run)
  }
  return { data: found }
}

export async function readRun(id: string, signal: AbortSignal) {
  const { data, error } = await reportingApi.GET('/runs/{id}', { params: { path: { id } }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}
