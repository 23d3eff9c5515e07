import { keepingEach } from '@daybook/shared/async/keeping'
import { type ApiState, apiStates, type JobFilter, storedStates } from './job-filter.ts'
import type { JobList } from './job-list-store.ts'

/** So many jobs of a state are counted: a list examines no more of them for a page. */
export const MAX_COUNTED = 1000

// Operators look at few filters at a time.
const MOST_FILTERS = 100

/** How many jobs are in a state; `more`: there may be more. */
export interface StateCount {
  count: number
  more: boolean
}

/** Counts the jobs of a filter in each state of the REST API. */
export type CountStates = (filter: Omit<JobFilter, 'states'>) => Promise<Record<ApiState, StateCount>>

/** Makes an object with a value for each state. */
export const byState = <Value>(give: (state: ApiState) => Value) =>
  Object.fromEntries(apiStates.map(state => [state, give(state)])) as Record<ApiState, Value>

/**
 * Makes the function that counts. It reads a page of each state, so it costs as much as a few lists. An answer is kept for twenty
 * times as long as it took.
 */
export function makeCountStates(list: JobList): CountStates {
  const kept = keepingEach<Record<ApiState, StateCount>>(MOST_FILTERS)
  const count: CountStates = async filter => {
    const counted = apiStates.map(async state => {
      const states = storedStates(state)
      const { rows, after } = await list.page({ ...filter, states }, { limit: MAX_COUNTED, fields: ['_id'] })
      return [state, { count: rows.length, more: after !== undefined }] as const
    })
    return Object.fromEntries(await Promise.all(counted)) as Record<ApiState, StateCount>
  }
  return filter => kept(JSON.stringify(filter), () => count(filter))
}
