import { jobPath, tracePath } from '../address/page-paths.ts'
import { firstLine, type ListedJob, type State } from '../jobs/job/job.ts'
import type { Entry, EntryState } from './entry.ts'
import type { Step } from './read-history.ts'

/** The most jobs that are shown for an event. */
const MAX_SHOWN = 10

/**
 * Finds the event to which each job belongs: the last one of its trace that happened before the job was added. A handler that
 * changes a task does so in the trace of its job, which was added before: then it is the first event of the trace.
 * @returns the jobs by the id of the event
 */
export function jobsByEvent(
  steps: readonly Step[],
  jobs: readonly ListedJob[],
): Partial<Record<string, ListedJob[]>> {
  const eventOf = ({ trace, addedAt }: ListedJob) => {
    const ofTrace = steps.filter(step => step.trace === trace)
    return (ofTrace.findLast(({ time }) => time <= addedAt) ?? ofTrace[0])?.id ?? ''
  }
  return Object.groupBy(jobs, eventOf)
}

/** Puts jobs among the entries of their event, each after what happened before it. Of very many, those that failed come first. */
export function withJobs(entries: readonly Entry[], jobs: readonly ListedJob[]): Entry[] {
  const byTime = jobs.toSorted((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1))
  const [failed, others] = [byTime.filter(isFailed), byTime.filter(job => !isFailed(job))]
  const shown = [...failed, ...others].slice(0, MAX_SHOWN)
  const placed = [...entries]
  for (const job of byTime.filter(job => shown.includes(job))) {
    const isBefore = ({ key, at }: Entry) => key === 'event' || (at !== undefined && at <= timeOf(job))
    placed.splice(placed.findLastIndex(isBefore) + 1, 0, jobEntry(job))
  }
  const [left] = byTime.filter(job => !shown.includes(job))
  return left === undefined ? placed : [...placed, moreJobs(byTime.length - MAX_SHOWN, left)]
}

const timeOf = ({ finishedAt, addedAt }: ListedJob) => finishedAt ?? addedAt
const isFailed = ({ state }: ListedJob) => entryStates[state] === 'failed'

const entryStates: Record<State, EntryState> = {
  waiting: 'waits',
  sent: 'waits',
  running: 'waits',
  succeeded: 'done',
  failed: 'failed',
  cancelled: 'ended',
  expired: 'ended',
}

const notes: Partial<Record<State, string>> = {
  waiting: 'It was added then, and waits for its time or for a worker.',
  sent: 'It was added then, and a worker is about to run it.',
  running: 'It was added then, and a worker runs it.',
  expired: 'It was too late to start it.',
}

function jobEntry(job: ListedJob): Entry {
  const { id, kind, state, error, reason } = job
  return {
    ...{ key: `job ${id}`, title: `Job ${kind}`, state: entryStates[state], word: state },
    ...{ at: timeOf(job), to: jobPath(id), ids: [['Job', id]] },
    note: notes[state] ?? (error === undefined ? reason : firstLine(error)),
  }
}

const moreJobs = (count: number, { trace = '' }: ListedJob): Entry => ({
  ...{ key: 'jobs', title: count === 1 ? '1 more job' : `${count} more jobs`, ids: [] },
  ...{ state: 'unknown', word: 'not shown' },
  ...{ note: 'The page of the trace lists all of them.', to: tracePath(trace) },
})
