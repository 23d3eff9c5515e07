import type { Scheduler } from '@daybook/client'
import { href } from '../../address/address.ts'
import { jobPath } from '../../address/page-paths.ts'
import { numberOf } from '../../bulk/plan.ts'
import type { Column } from '../../elements/data-table.tsx'
import { Mark, type Tone } from '../../elements/mark.tsx'
import { durationText } from '../../time/duration-text.ts'
import { Ago } from '../../time/time.tsx'

export type Worker = Scheduler.components['schemas']['Worker']

/** Whether a worker runs, as far as its beats say. */
const isAlive = ({ state, lostAt }: Worker): boolean => lostAt === undefined && state !== 'stopped'

const tones: Record<Worker['state'], Tone> = {
  working: 'good',
  quiet: 'idle',
  stopping: 'idle',
  stopped: 'idle',
}

// So long is longer than any handler should keep its process.
const BLOCKED_MS = 1000

/** @param onDrain asks whether a worker is to take no more jobs */
export const columnsOf = (onDrain: (worker: Worker) => void): readonly Column<Worker>[] => [
  {
    title: 'Worker',
    cell: ({ name, version, id }) => (
      <>
        <strong>{name}</strong> {version}
        <span class="why">{id}</span>
      </>
    ),
  },
  { title: 'State', cell: worker => <WorkerState worker={worker} /> },
  { title: 'Lanes', cell: ({ lanes }) => <Lanes lanes={lanes} /> },
  { title: 'Kinds', cell: ({ kinds }) => kinds.join(', ') },
  {
    title: 'Runs',
    cell: ({ running, runningCount, slots }) => (
      <>
        {runningCount} of {slots}
        {running.map(({ job, attempt }) => (
          <span key={job} class="why">
            <a href={href(jobPath(job))}>{job}</a>, attempt {attempt}
          </span>
        ))}
        {runningCount > running.length && (
          <span class="why">and {numberOf(runningCount - running.length, 'more job')}</span>
        )}
      </>
    ),
  },
  { title: 'Last beat', cell: ({ beatAt }) => <Ago at={beatAt} /> },
  {
    title: 'Action',
    cell: worker =>
      isAlive(worker) &&
      worker.state === 'working' && (
        <button
          type="button"
          class="plain"
          aria-label={`Drain ${worker.name}`}
          onClick={() => onDrain(worker)}
        >
          Drain
        </button>
      ),
  },
]

function WorkerState({ worker }: { worker: Worker }) {
  const { state, lostAt, blockedMs } = worker
  if (lostAt !== undefined) {
    return (
      <>
        <Mark tone="bad">lost</Mark>
        <span class="why">
          <Ago at={lostAt} />
        </span>
      </>
    )
  }
  return (
    <>
      <Mark tone={tones[state]}>{state}</Mark>
      {isAlive(worker) && blockedMs >= BLOCKED_MS && (
        <span class="why">its handlers have let nothing else run for {durationText(blockedMs)}</span>
      )}
    </>
  )
}

const Lanes = ({ lanes }: Pick<Worker, 'lanes'>) => (
  <>
    {lanes.map(({ lane, partitions, note }) => (
      <div key={lane}>
        <a href={href(`/jobs?${new URLSearchParams({ lane })}`)}>{lane}</a>{' '}
        {partitions.length > 0 && <span class="help">{partitions.length} partitions</span>}
        {note !== undefined && <span class="why">{note}</span>}
      </div>
    ))}
  </>
)
