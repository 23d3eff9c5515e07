import { href } from '../../address/address.ts'
import { jobPath } from '../../address/page-paths.ts'
import type { Column } from '../../elements/data-table.tsx'
import { Ago } from '../../time/time.tsx'
import { type Action, actionFor, actionNames, type ListedJob } from '../job/job.ts'
import { JobProgress, JobState } from '../job/job-state.tsx'
import { DEFAULT_ATTEMPTS } from '../job/read-attempts.ts'

interface Options {
  selected: ReadonlySet<string>
  /** How many failures the jobs of a kind may have. */
  attempts: ReadonlyMap<string, number>
  onSelect: (id: string) => void
  onAct: (action: Action, id: string) => void
}

/** The columns of a list of jobs. */
export const columnsOf = ({ selected, attempts, onSelect, onAct }: Options): readonly Column<ListedJob>[] => [
  {
    title: 'Job',
    cell: ({ id, key }) => (
      <>
        <input
          type="checkbox"
          aria-label={`Select ${id}`}
          checked={selected.has(id)}
          onChange={() => onSelect(id)}
        />{' '}
        <a href={href(jobPath(id))}>{id}</a>
        {key !== undefined && <span class="why">key {key}</span>}
      </>
    ),
  },
  {
    title: 'Kind',
    cell: ({ kind, lane }) => (
      <>
        {kind}
        <span class="why">lane {lane}</span>
      </>
    ),
  },
  { title: 'State', cell: job => <JobState job={job} /> },
  { title: 'Added', cell: ({ addedAt }) => <Ago at={addedAt} /> },
  {
    title: 'Attempt',
    cell: ({ attempt, failures, kind }) => (
      <>
        {attempt}
        {failures > 0 && (
          <span class="why">
            {failures} of {attempts.get(kind) ?? DEFAULT_ATTEMPTS} failed
          </span>
        )}
      </>
    ),
  },
  { title: 'Progress', cell: ({ progress }) => <JobProgress progress={progress} /> },
  {
    title: 'Action',
    cell: job => {
      const action = actionFor(job)
      return (
        action && (
          <button
            type="button"
            class="plain"
            aria-label={`${actionNames[action]} ${job.id}`}
            onClick={() => onAct(action, job.id)}
          >
            {actionNames[action]}
          </button>
        )
      )
    },
  },
]
