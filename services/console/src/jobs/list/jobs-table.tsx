import { useRef, useState } from 'preact/hooks'
import { setQuery } from '../../address/address.ts'
import type { Bulk } from '../../bulk/use-bulk.ts'
import { focusedKey, useRowKeys } from '../../elements/lists/row-keys.ts'
import { LiveTable } from '../../elements/live-table.tsx'
import { Empty } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useKeys } from '../../keys/keys.ts'
import { commandFor } from '../bulk/plans.ts'
import { type Action, isPossible, type ListedJob, type State, statesOf } from '../job/job.ts'
import { readAttempts } from '../job/read-attempts.ts'
import { AskSelected } from './ask-selected.tsx'
import { type Conditions, noConditions } from './conditions.ts'
import { columnsOf } from './job-columns.tsx'
import { ListCommands } from './list-commands.tsx'
import type { JobPage } from './read-jobs.ts'

interface Props {
  page: JobPage
  bulk: Bulk
  conditions: Conditions
  state: State | undefined
  isFiltered: boolean
}

/** A page of jobs, the selection, and the commands for it. */
export function JobsTable({ page, bulk, conditions, state, isFiltered }: Props) {
  const { jobs, nextCursor } = page
  const { data: attempts = new Map<string, number>() } = useRead(readAttempts, [])
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string | undefined) => {
    if (id !== undefined) setSelected(selected.symmetricDifference(new Set([id])))
  }
  // What the operator sees: while rows are held, that is not all that was read.
  const shown = useRef<readonly ListedJob[]>(jobs)
  const [asked, ask] = useState<{ action: Action; ids: readonly string[] }>()
  const run = (action: Action, ids: readonly string[]) => {
    bulk.run(commandFor(action, ids))
    setSelected(new Set())
  }
  const act = (action: Action, ids: readonly string[]) => {
    if (ids.length === 0 || bulk.isBusy) return
    if (ids.length === 1) run(action, ids)
    else ask({ action, ids })
  }
  /** The jobs that are selected, or the one with the focus, with which the action can do something. */
  const chosen = (action: Action) => {
    const focused = focusedKey()
    const ids = selected.size > 0 ? [...selected] : focused === undefined ? [] : [focused]
    // Of a selected job that has left the list, the scheduler knows.
    const stateOfJob = new Map(jobs.map(job => [job.id, job.state]))
    return ids.filter(id => isPossible(action, stateOfJob.get(id) ?? statesOf[action][0]))
  }
  useRowKeys()
  useKeys([
    { key: 'x', does: 'Select the job, for r and c', run: () => toggle(focusedKey()) },
    { key: 'a', does: 'Select all jobs of the page', run: () => setSelected(allOf(shown.current)) },
    { key: 'r', does: 'Retry', run: () => act('retry', chosen('retry')) },
    { key: 'c', does: 'Cancel', run: () => act('cancel', chosen('cancel')) },
    { key: 'Escape', does: 'Select nothing', run: () => setSelected(new Set()) },
  ])
  const columns = columnsOf({
    selected,
    attempts,
    onSelect: toggle,
    onAct: (action, id) => act(action, [id]),
  })
  return (
    <>
      <ListCommands
        {...{ bulk, conditions, state, selected, chosen }}
        onAct={act}
        onClear={() => setSelected(new Set())}
      />
      {jobs.length === 0 && nextCursor === null ? (
        <NoJobs isFiltered={isFiltered} state={state} />
      ) : (
        <LiveTable
          of="these jobs"
          isHeld={selected.size > 0}
          summary={`${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} on this page, newest first`}
          caption="Jobs"
          columns={columns}
          rows={jobs}
          keyOf={({ id }) => id}
          nextCursor={nextCursor}
          shown={shown}
        />
      )}
      {asked && (
        <AskSelected
          {...asked}
          onConfirm={() => run(asked.action, asked.ids)}
          onClose={() => ask(undefined)}
        />
      )}
    </>
  )
}

const allOf = (jobs: readonly ListedJob[]) => new Set(jobs.map(({ id }) => id))

function NoJobs({ isFiltered, state }: Pick<Props, 'isFiltered' | 'state'>) {
  if (!isFiltered && state === undefined) {
    return (
      <Empty>
        <p>
          <strong>No jobs.</strong> A program or a schedule adds jobs with <code>POST /jobs</code>, and a
          worker runs them.
        </p>
      </Empty>
    )
  }
  return (
    <Empty>
      <p>
        No job {state === undefined ? '' : `is ${state}`}
        {isFiltered && ' that meets these conditions'}.{' '}
        <button type="button" onClick={() => setQuery(noConditions)}>
          Show all jobs
        </button>
      </p>
    </Empty>
  )
}
