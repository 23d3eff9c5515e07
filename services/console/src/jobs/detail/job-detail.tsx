import { useEffect, useState } from 'preact/hooks'
import { href } from '../../address/address.ts'
import { OpenedHeading } from '../../address/opened-heading.tsx'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import { BulkState } from '../../bulk/bulk-state.tsx'
import { type Bulk, useBulk } from '../../bulk/use-bulk.ts'
import { CommandButton } from '../../elements/command-button.tsx'
import { Json } from '../../elements/facts.tsx'
import { Shown } from '../../elements/states.tsx'
import { useRead } from '../../elements/use-read.ts'
import { useKeys } from '../../keys/keys.ts'
import { useEvents } from '../../live/use-events.ts'
import { useEvery } from '../../live/use-every.ts'
import { commandFor } from '../bulk/plans.ts'
import {
  type Action,
  actionFor,
  actionNames,
  concernsJob,
  firstLine,
  hasEnded,
  isPossible,
  type Job,
} from '../job/job.ts'
import { JobProgress, JobState } from '../job/job-state.tsx'
import { Attempts, ErrorText } from './attempts.tsx'
import { Subtasks } from './group-tree.tsx'
import { JobFacts } from './job-facts.tsx'

const TYPES = new Set(['JobFinished'])
const [EVERY_MS, EVERY_MS_WHEN_ENDED] = [3000, 15_000]

async function readJob(id: string, signal: AbortSignal): Promise<{ data?: Job; error?: Problem }> {
  const { data, error } = await schedulerApi.GET('/jobs/{id}', { params: { path: { id } }, signal })
  return data === undefined ? { error: error as Problem } : { data: data as Job }
}

/** All of a job. */
export function JobDetail({ id }: { id: string }) {
  const [isOver, setOver] = useState(false)
  const version = `${useEvents(TYPES, concernsJob(id))} ${useEvery(isOver ? EVERY_MS_WHEN_ENDED : EVERY_MS)}`
  const read = useRead(signal => readJob(id, signal), [id], version)
  const { state } = read.data ?? {}
  useEffect(() => setOver(state !== undefined && hasEnded(state)), [state])
  const bulk = useBulk(read.again)
  const act = (action: Action) => {
    if (read.data && isPossible(action, read.data.state) && !bulk.isBusy) bulk.run(commandFor(action, [id]))
  }
  useKeys([
    { key: 'r', does: 'Retry the job', run: () => act('retry') },
    { key: 'c', does: 'Cancel the job', run: () => act('cancel') },
  ])
  return (
    <article class="job">
      <p>
        <a href={href('/jobs')}>« All jobs</a>
      </p>
      <OpenedHeading>{id}</OpenedHeading>
      <BulkState bulk={bulk} />
      <Shown read={read} what="this job">
        {job => <Found job={job} bulk={bulk} version={version} onAct={act} />}
      </Shown>
    </article>
  )
}

interface Props {
  job: Job
  bulk: Bulk
  version: unknown
  onAct: (action: Action) => void
}

function Found({ job, bulk, version, onAct }: Props) {
  const { id, attempts, data, result, then, error, progress } = job
  const action = actionFor(job)
  // The newest attempts show their errors themselves.
  const isShownBelow = attempts.some(attempt => firstLine(attempt.error ?? '') === firstLine(error ?? ''))
  return (
    <>
      <div class="commands">
        <JobState job={job} />
        {action && (
          <CommandButton isBusy={bulk.isBusy} onClick={() => onAct(action)}>
            {actionNames[action]} <kbd>{action[0]}</kbd>
          </CommandButton>
        )}
      </div>
      <JobProgress progress={progress} />
      <JobFacts job={job} />
      <h3>Attempts</h3>
      {error !== undefined && !isShownBelow && <ErrorText error={error} />}
      <Attempts attempts={attempts} />
      <h3>Subtasks</h3>
      <Subtasks job={id} version={version} />
      <h3>Data</h3>
      <Json value={data} />
      {result !== undefined && (
        <>
          <h3>Result</h3>
          <Json value={result} />
        </>
      )}
      {then !== undefined && (
        <>
          <h3>Continuation</h3>
          <Json value={then} />
        </>
      )}
    </>
  )
}
