import { dataOf, RequestRefused } from '@daybook/client'
import type { Api } from './api.ts'
import type { Imported, UserDay } from './import-tasks.ts'
import { waitFor } from './wait-for.ts'

const OPERATOR = { user: 'demo', admin: true }
const WAIT_MS = 120_000
const WAIT_FOR_EACH_COMPLETION_MS = 20

/** The progress of the logs as a line for a person. */
export type Progress = { line: string }

/**
 * Ends each imported day in each time zone, and waits until every user's log contains the user's completed tasks.
 * @param progress is updated meanwhile
 * @throws Error when a log cannot be written or is not complete before the deadline; the message says which
 */
export async function endDays(
  { ends, days, completed }: Imported,
  { api, progress, signal }: { api: Api; progress: Progress; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + WAIT_MS + completed * WAIT_FOR_EACH_COMPLETION_MS
  for (const body of ends.values()) {
    await dataOf(api.scheduler(OPERATOR).POST('/end-of-day', { body }))
  }
  for (const id of ends.keys()) {
    await waitFor(`the run ${id} to finish`, () => runDone(id, api, progress), { deadline, signal })
  }
  let written = 0
  for (const day of days.values()) {
    const fact = `the log of ${day.user} on ${day.day} to contain all completed tasks`
    await waitFor(fact, () => inLog(day, api), { deadline, signal })
    written += 1
    progress.line = `${written} of ${days.size} logs checked`
  }
}

async function runDone(id: string, api: Api, progress: Progress): Promise<true | undefined> {
  const run = await ifFound(dataOf(api.reporting(OPERATOR).GET('/runs/{id}', { params: { path: { id } } })))
  if (run === undefined) return undefined
  const { state, jobs, written, failed } = run
  // When the day was reported before, logs that are written again count as well, so `written` can exceed `jobs`.
  const share = jobs !== null && written > jobs ? written : `${written} of ${jobs ?? '?'}`
  progress.line = `run ${id}: ${state}, ${share} logs written`
  if (failed > 0) throw new Error(`The run ${id} could not write ${failed} logs: see reporting's output`)
  return state === 'done' || undefined
}

async function inLog({ day, user, taskIds }: UserDay, api: Api): Promise<true | undefined> {
  const reporting = api.reporting(OPERATOR)
  const params = { path: { day }, query: { user } }
  const { completions, log } = await dataOf(reporting.GET('/days/{day}', { params }))
  if (log.state === 'failed')
    throw new Error(`The log of ${user} on ${day} could not be written: ${log.error}`)
  const known = new Set(completions.map(({ taskId }) => taskId))
  if (!taskIds.every(id => known.has(id)) || (log.state !== 'written' && log.state !== 'amended'))
    return undefined
  const text = await ifFound(dataOf(reporting.GET('/days/{day}/log', { params, parseAs: 'text' })))
  return (text !== undefined && text.split('\n').length - 1 === known.size) || undefined
}

/** Returns undefined for an answer of 404. */
async function ifFound<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof RequestRefused && error.status === 404) return undefined
    throw error
  }
}
