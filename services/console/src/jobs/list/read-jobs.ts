import type { Scheduler } from '@daybook/client'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import type { State } from '../job/job.ts'
import type { Conditions } from './conditions.ts'

export type JobPage = Scheduler.components['schemas']['JobList']

const PAGE = 100

interface Wanted {
  conditions: Conditions
  state: State | undefined
  cursor: string | undefined
}

/** Reads a page of jobs, with the reasons for which they wait. */
export async function readJobs(
  { conditions, state, cursor }: Wanted,
  signal: AbortSignal,
): Promise<{ data?: JobPage; error?: Problem }> {
  const query = {
    ...conditions,
    ...(state && { state }),
    ...(cursor !== undefined && { cursor }),
    ...{ why: 'true' as const, limit: PAGE },
  }
  const { data, error } = await schedulerApi.GET('/jobs', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

/** Reads how many jobs are in each state. It costs as much as a few pages, so it is read more seldom. */
export async function readCounts(
  conditions: Conditions,
  signal: AbortSignal,
): Promise<{ data?: JobPage['counts']; error?: Problem }> {
  const query = { ...conditions, counts: 'true' as const, limit: 1 }
  const { data, error } = await schedulerApi.GET('/jobs', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data: data.counts }
}
