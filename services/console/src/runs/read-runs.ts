import type { Problem } from '../api/problem.ts'
import { reportingApi } from '../api/services.ts'
import type { Run } from './run.ts'

const PAGE = 100
// Of the unfinished runs of each state.
const MOST_PAGES = 5

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

/** Reads the runs that are not done, by id: the newest 500 of each state. */
export async function readUnfinished(signal: AbortSignal) {
  const found = new Map<string, Run>()
  for (const state of ['closing', 'writing'] as const) {
    let cursor: string | undefined
    for (let pages = 0; pages < MOST_PAGES; pages += 1) {
      const { data, error } = await readRuns({ state, cursor }, signal)
      if (data === undefined) return { error }
      for (const run of data.runs) found.set(run.id, run)
      if (data.nextCursor === null) break
      cursor = data.nextCursor
    }
  }
  return { data: found }
}

export async function readRun(id: string, signal: AbortSignal) {
  const { data, error } = await reportingApi.GET('/runs/{id}', { params: { path: { id } }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}
