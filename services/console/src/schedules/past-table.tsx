import { href } from '../address/address.ts'
import { jobPath } from '../address/page-paths.ts'
import { numberOf } from '../bulk/plan.ts'
import type { Column } from '../elements/data-table.tsx'
import { LiveTable } from '../elements/live-table.tsx'
import { Mark } from '../elements/mark.tsx'
import { firstLine, type ListedJob as Job, tones } from '../jobs/job/job.ts'
import { durationText } from '../time/duration-text.ts'
import { Time } from '../time/time.tsx'
import type { PastLine } from './definition/past-lines.ts'
import { latenessWords } from './definition/schedule-state.ts'

const columns: readonly Column<PastLine>[] = [
  { title: 'When', isWhole: true, cell: ({ at }) => <Time at={at} /> },
  { title: 'How', cell: line => <How of={line} /> },
  {
    title: 'Slot',
    isWhole: true,
    cell: ({ firing }) => firing?.slot && firing.by === undefined && <Time at={firing.slot} />,
  },
]
const jobColumns: readonly Column<PastLine>[] = [
  {
    title: 'Job',
    cell: ({ job }) =>
      job && (
        <a href={href(jobPath(job.id))}>
          <Mark tone={tones[job.state]}>{job.state}</Mark>
        </a>
      ),
  },
  { title: 'Took', isWhole: true, cell: ({ job }) => job && took(job) },
  { title: 'Why', cell: ({ job }) => job && why(job) },
]
// A job has the id of the event.
const eventColumn: Column<PastLine> = { title: 'Event', cell: ({ firing }) => <code>{firing?.id}</code> }

/** The firings of a schedule with the jobs that they added, newest first. */
export function PastTable({ lines }: { lines: readonly PastLine[] }) {
  const hasJobs = lines.some(({ job }) => job !== undefined)
  return (
    <LiveTable
      of="firings"
      summary={lines.length === 1 ? '1 firing' : `The last ${numberOf(lines.length, 'firing')}`}
      caption="Past firings"
      columns={[...columns, ...(hasJobs ? jobColumns : [eventColumn])]}
      rows={lines}
      keyOf={({ key }) => key}
    />
  )
}

function How({ of: { firing, job } }: { of: PastLine }) {
  if (firing === undefined) return <>{job?.id.includes(':by-hand:') ? 'by hand' : 'at its slot'}</>
  const { by, notFired, lateMs } = firing
  if (by !== undefined) return <>by hand, by {by}</>
  if (notFired > 0) return <Mark tone="warning">{numberOf(notFired, 'slot')} did not fire</Mark>
  const { tone, words } = latenessWords(lateMs ?? 0)
  return <Mark tone={tone}>{words}</Mark>
}

function took({ startedAt, finishedAt }: Job) {
  if (startedAt === undefined || finishedAt === undefined) return null
  return durationText(Date.parse(finishedAt) - Date.parse(startedAt))
}

function why({ error, reason, waiting }: Job): string {
  if (reason === 'overlap') return 'An earlier job of this schedule had not ended.'
  return (error === undefined ? undefined : firstLine(error)) ?? waiting?.detail ?? reason ?? ''
}
