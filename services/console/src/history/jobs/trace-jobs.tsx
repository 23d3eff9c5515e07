import { href, query } from '../../address/address.ts'
import { jobPath } from '../../address/page-paths.ts'
import { type Column, DataTable } from '../../elements/data-table.tsx'
import { Empty, Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import type { ListedJob } from '../../jobs/job/job.ts'
import { JobState } from '../../jobs/job/job-state.tsx'
import { Time } from '../../time/time.tsx'
import { readJobsOfTrace } from './read-traced-jobs.ts'

const columns: readonly Column<ListedJob>[] = [
  { title: 'Job', cell: ({ id }) => <a href={href(jobPath(id))}>{id}</a> },
  { title: 'Kind', cell: ({ kind }) => kind },
  { title: 'State', cell: job => <JobState job={job} /> },
  { title: 'Added', cell: ({ addedAt }) => <Time at={addedAt} toTheSecond /> },
  { title: 'Ended', cell: ({ finishedAt }) => finishedAt && <Time at={finishedAt} toTheSecond /> },
]

/** The jobs that were added in a trace. @param version changes when they may have changed */
export function TraceJobs({ trace, version }: { trace: string; version: unknown }) {
  const cursor = query.value.get('cursor') ?? undefined
  const read = useRead(signal => readJobsOfTrace({ trace, cursor }, signal), [trace, cursor], version)
  return (
    <Shown read={read} what="the jobs of this trace">
      {({ jobs, nextCursor }) =>
        jobs.length > 0 || nextCursor !== null ? (
          <DataTable
            caption="Jobs of the trace"
            columns={columns}
            rows={jobs}
            keyOf={({ id }) => id}
            nextCursor={nextCursor}
          />
        ) : (
          <Empty>
            <p>No job is known of this trace: nothing has added one within it, or its retention is over.</p>
          </Empty>
        )
      }
    </Shown>
  )
}
