import { href } from '../address/address.ts'
import type { Problem } from '../api/problem.ts'
import { schedulerApi } from '../api/services.ts'
import { Shown } from '../elements/states.tsx'
import { useRead } from '../elements/use-read.ts'
import { ChangeTable } from './change-table.tsx'
import { JobTable } from './job-table.tsx'

const LIMIT = 50

/** The firings of a schedule that added jobs: the ids of the jobs begin with that of the schedule. */
async function readJobs(schedule: string, signal: AbortSignal) {
  const query = { schedule, q: `firing:${schedule}:`, limit: LIMIT }
  const { data, error } = await schedulerApi.GET('/jobs', { params: { query }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

async function readChanges(name: string, signal: AbortSignal) {
  const params = { path: { name }, query: { limit: LIMIT } }
  const { data, error } = await schedulerApi.GET('/schedules/{name}/changes', { params, signal })
  return data === undefined ? { error: error as Problem } : { data }
}

interface Props {
  name: string
  /** The kind of its jobs; undefined: it adds none. */
  job: string | undefined
  /** Changes when there may be more. */
  version: string
}

/** What was: the jobs that the firings of a schedule added, and what operators did to it. */
export function History({ name, job, version }: Props) {
  if (name.startsWith('end-of-day:')) return null
  return (
    <>
      <Jobs name={name} job={job} version={version} />
      <Changes name={name} version={version} />
    </>
  )
}

function Jobs({ name, job, version }: Props) {
  const read = useRead(signal => readJobs(name, signal), [name], version)
  return (
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
                <a href={href(`/jobs?schedule=${encodeURIComponent(name)}`)}>
                  Show all jobs of this schedule
                </a>
              </p>
            </>
          )
        }
      </Shown>
    </section>
  )
}

function Changes({ name, version }: Omit<Props, 'job'>) {
  const read = useRead(signal => readChanges(name, signal), [name], version)
  return (
    <section aria-label="Changes">
      <h3>Changes, and firings by hand</h3>
      <Shown read={read} what="the changes">
        {({ changes }) =>
          changes.length === 0 ? <p>Nothing is known.</p> : <ChangeTable changes={changes} />
        }
      </Shown>
    </section>
  )
}
