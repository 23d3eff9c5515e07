import { href } from '../address/address.ts'
import { jobPath } from '../address/page-paths.ts'
import type { Column } from '../elements/data-table.tsx'
import { LiveTable } from '../elements/live-table.tsx'
import { Mark } from '../elements/mark.tsx'
import { type ListedJob as Job, tones } from '../jobs/job/job.ts'
import { durationText } from '../time/duration-text.ts'
import { Time } from '../time/time.tsx'

const columns: readonly Column<Job>[] = [
  {
    title: 'Fired',
    cell: ({ id, addedAt }) => (
      <a href={href(jobPath(id))}>
        <Time at={addedAt} />
      </a>
    ),
  },
  { title: 'How', cell: ({ id }) => (id.includes(':by-hand:') ? 'by hand' : 'at its slot') },
  { title: 'Result', cell: ({ state }) => <Mark tone={tones[state]}>{state}</Mark> },
  { title: 'Took', cell: took },
  { title: 'Why', cell: why },
]

/** The jobs that a schedule added, newest first. */
export const JobTable = ({ jobs }: { jobs: readonly Job[] }) => (
  <LiveTable
    of="firings"
    summary={jobs.length === 1 ? '1 firing' : `The last ${jobs.length} firings`}
    caption="Past firings"
    columns={columns}
    rows={jobs.toSorted((one, other) => (one.addedAt > other.addedAt ? -1 : 1))}
    keyOf={({ id }) => id}
  />
)

function took({ startedAt, finishedAt }: Job) {
  if (startedAt === undefined || finishedAt === undefined) return null
  return durationText(Date.parse(finishedAt) - Date.parse(startedAt))
}

function why({ error, reason, waiting }: Job): string {
  if (reason === 'overlap') return 'An earlier job of this schedule had not ended.'
  return error?.split('\n')[0] ?? waiting?.detail ?? reason ?? ''
}
