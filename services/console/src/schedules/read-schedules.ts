import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import type { Schedule } from './definition/schedule.ts'
import type { State } from './definition/schedule-state.ts'

export type Kind = Schedule['kind']

export interface Wanted {
  kind: Kind
  /** A part of the name or of the definition. */
  q: string
  state: State | undefined
  cursor: string | undefined
}

const PAGE = 100

/** Reads a page of schedules, what fires next first. */
export async function readSchedules({ kind, q, state, cursor: after }: Wanted, signal: AbortSignal) {
  const query = {
    ...{ kind, sort: 'next' as const, limit: PAGE },
    ...(q && { q }),
    ...(state && { state }),
    ...(after && { after }),
  }
  const { data, error } = await schedulerApi.GET('/schedules', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}
