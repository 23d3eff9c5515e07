import type { Reporting, Tasks } from '@daybook/client'
import type { Problem } from '../api/problem.ts'
import { reportingApi, tasksApi } from '../api/services.ts'
import { readTracedJobs, type TracedJobs } from './jobs/read-traced-jobs.ts'

export type Step = Tasks.TaskStep
export type Completion = Reporting.CompletionOfDay

/** What became of the events of a task. */
export interface TaskHistory {
  userId: string
  steps: readonly Step[]
  /** Of the last event here, when there are later ones. */
  nextAfter: number | null
  /** What reporting knows of the days of the completions; undefined: it did not say. */
  completions: readonly Completion[] | undefined
  /** The days whose log files were removed because of their age. */
  removedDays: readonly string[]
  /** Why reporting did not say it. */
  problem?: Problem | undefined
  /** The jobs of the traces of the events. */
  traced: TracedJobs
}

const PAGE = 100
// Reporting answers about so many days at a time.
const MAX_DAYS = 50

/**
 * Reads a page of the history of a task from tasks, and what reporting and the scheduler know about it. Without one of these two
 * the rest is there.
 * @param after the sequence after which the page begins
 */
export async function readHistory(
  id: string,
  after: number,
  signal: AbortSignal,
): Promise<{ data?: TaskHistory; error?: Problem }> {
  const params = { path: { id }, query: { after, limit: PAGE } }
  const { data, error } = await tasksApi.GET('/tasks/{id}/history', { params, signal })
  if (data === undefined) return { error: error as Problem }
  const days = [...new Set(data.steps.flatMap(({ day }) => day ?? []))]
  const traces = [...new Set(data.steps.flatMap(({ trace }) => trace ?? []))]
  const [known, traced] = await Promise.all([
    readCompletions(id, days, signal),
    readTracedJobs(traces, signal),
  ])
  const removedDays = await removedAmong(known.completions ?? [], signal)
  return { data: { ...data, ...known, removedDays, traced } }
}

async function readCompletions(
  taskId: string,
  days: readonly string[],
  signal: AbortSignal,
): Promise<Pick<TaskHistory, 'completions' | 'problem'>> {
  if (days.length === 0) return { completions: [] }
  const params = { path: { taskId }, query: { day: days.slice(0, MAX_DAYS) } }
  const { data, error } = await reportingApi.GET('/completions/{taskId}', { params, signal })
  if (data === undefined) return { completions: undefined, problem: error as Problem }
  const rest = await readCompletions(taskId, days.slice(MAX_DAYS), signal)
  return { ...rest, completions: rest.completions && [...data.completions, ...rest.completions] }
}

/** Of the days whose log has no line although it should: those whose file was removed because of its age. */
async function removedAmong(completions: readonly Completion[], signal: AbortSignal): Promise<string[]> {
  const asked = completions.filter(isWithoutLine).map(async ({ day, userId: user }) => {
    const { data } = await reportingApi.GET('/days/{day}', {
      params: { path: { day }, query: { user, limit: 1 } },
      signal,
    })
    return data?.log.state === 'removed' ? [day] : []
  })
  return (await Promise.all(asked)).flat()
}

const isWithoutLine = ({ log, takenBack }: Completion) =>
  log?.state === 'written' && log.line === null && !takenBack

/** Reads the events that the requests of a trace caused. */
export async function readTrace(trace: string, signal: AbortSignal) {
  const { data, error } = await tasksApi.GET('/tasks/traces/{trace}', { params: { path: { trace } }, signal })
  return data === undefined ? { error: error as Problem } : { data }
}
