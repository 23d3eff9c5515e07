import { href } from '../address/address.ts'
import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import { Shown } from '../elements/states.tsx'
import { type Read, useRead } from '../elements/use-read.ts'
import type { ListedJob } from '../jobs/job/job.ts'
import { JobTable } from './job-table.tsx'

const LIMIT = 50

type Past = { jobs: ListedJob[] }

/** Reads the jobs that the firings of a schedule have added: their ids begin with that of the schedule. */
async function readJobs(schedule: string, signal: AbortSignal) {
  const query = { schedule, q: `firing:${schedule}:`, limit: LIMIT }
  const { data, error } = await schedulerApi.GET('/jobs', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

/** @param version changes when there may be more firings */
export const usePast = (name: string, version: string): Read<Past> =>
  useRead(signal => readJobs(name, signal), [name], version)

interface Props {
  name: string
  read: Read<Past>
  /** The kind of its jobs; undefined: it adds none. */
  job: string | undefined
}

/** The firings of a schedule that have added jobs, with what became of these. */
export const PastFirings = ({ name, read, job }: Props) => (
  <section aria-label="Past firings">
    <h3>Past firings</h3>
    <Shown read={read} what="the past firings">
      {({ jobs }) =>
        jobs.length === 0 ? (
          <p>
            {job === undefined
              ? 'It adds no jobs. Each firing is an event in daybook.clock.'
              : 'No firing has added a job, or its jobs have been removed because of their age.'}
          </p>
        ) : (
          <>
            <JobTable jobs={jobs} />
            <p>
              <a href={href(`/jobs?schedule=${encodeURIComponent(name)}`)}>Show all jobs of this schedule</a>
            </p>
          </>
        )
      }
    </Shown>
  </section>
)
