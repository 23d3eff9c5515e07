import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import type { ListedJob } from '../../jobs/job/job.ts'
import type { JobPage } from '../../jobs/list/read-jobs.ts'

/** What the scheduler knows of the jobs that were added in some traces. */
export interface TracedJobs {
  jobs: readonly ListedJob[]
  /** Whether there are more than these. */
  more: boolean
  /** Why the scheduler did not say it. */
  problem?: Problem | undefined
}

// The scheduler answers about so many traces at a time.
const MAX_TRACES = 50
const MAX_JOBS = 200
const PAGE = 100

/** Reads the jobs of the traces of a page of events: at most 200 for 50 traces. */
export async function readTracedJobs(traces: readonly string[], signal: AbortSignal): Promise<TracedJobs> {
  if (traces.length === 0) return { jobs: [], more: false }
  const query = { trace: traces.slice(0, MAX_TRACES), limit: MAX_JOBS }
  const [{ data, error }, rest] = await Promise.all([
    schedulerApi.GET('/jobs', { params: { query }, signal }),
    readTracedJobs(traces.slice(MAX_TRACES), signal),
  ])
  return {
    jobs: [...(data?.jobs ?? []), ...rest.jobs],
    more: rest.more || typeof data?.nextCursor === 'string',
    problem: rest.problem ?? (error as Problem | undefined),
  }
}

/** Reads a page of the jobs of a trace, with the reasons for which they wait. */
export async function readJobsOfTrace(
  { trace, cursor }: { trace: string; cursor: string | undefined },
  signal: AbortSignal,
): Promise<{ data?: JobPage; error?: Problem }> {
  const query = { trace: [trace], why: 'true' as const, limit: PAGE, ...(cursor && { cursor }) }
  const { data, error } = await schedulerApi.GET('/jobs', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}
