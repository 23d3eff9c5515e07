import { type Api, Refused } from './api.ts'
import type { Imported, PersonsDay } from './import-tasks.ts'
import { waitFor } from './wait-for.ts'

type Run = { state: 'closing' | 'writing' | 'done'; jobs: number | null; written: number; failed: number }
type Day = { completions: { taskId: string }[]; log: { state: string; error?: string } }

const OPERATOR = { user: 'demo', admin: true }
const PATIENCE_MS = 120_000
const PATIENCE_FOR_EACH_MS = 20

/** How far the writing of the logs is, for a person. */
export type Progress = { line: string }

/**
 * Ends the days on which something was completed, in each time zone, and waits until everyone's log holds what they
 * completed.
 * @param progress is kept up to date while it goes
 * @throws Error that says what did not come, or could not be written
 */
export async function endDays(
  { ends, days, completed }: Imported,
  { api, progress, signal }: { api: Api; progress: Progress; signal: AbortSignal },
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS + completed * PATIENCE_FOR_EACH_MS
  for (const body of ends.values()) {
    await api.call({ service: 'scheduler', path: '/end-of-day', as: OPERATOR, method: 'POST', body })
  }
  for (const id of ends.keys()) {
    await waitFor(`the run ${id} is done`, () => runDone(id, api, progress), { deadline, signal })
  }
  let written = 0
  for (const day of days.values()) {
    const fact = `the log of ${day.user} on ${day.day} holds what they completed`
    await waitFor(fact, () => inLog(day, api), { deadline, signal })
    written += 1
    progress.line = `${written} of ${days.size} logs checked`
  }
}

async function runDone(id: string, api: Api, progress: Progress): Promise<true | undefined> {
  const path = `/runs/${encodeURIComponent(id)}`
  const run = await foundOrNot(api.call<Run>({ service: 'reporting', path, as: OPERATOR }))
  if (run === undefined) return undefined
  const { state, jobs, written, failed } = run
  // Of a day that was reported before, those that are written again come on top.
  const share = jobs !== null && written > jobs ? written : `${written} of ${jobs ?? '?'}`
  progress.line = `run ${id}: ${state}, ${share} logs written`
  if (failed > 0) throw new Error(`The run ${id} could not write ${failed} logs`)
  return state === 'done' || undefined
}

async function inLog({ day, user, taskIds }: PersonsDay, api: Api): Promise<true | undefined> {
  const query = `?user=${encodeURIComponent(user)}`
  const get = { service: 'reporting', as: OPERATOR } as const
  const { completions, log } = await api.call<Day>({ ...get, path: `/days/${day}${query}` })
  if (log.state === 'failed')
    throw new Error(`The log of ${user} on ${day} could not be written: ${log.error}`)
  const known = new Set(completions.map(({ taskId }) => taskId))
  if (!taskIds.every(id => known.has(id)) || (log.state !== 'written' && log.state !== 'amended'))
    return undefined
  const text = await foundOrNot(api.call<string>({ ...get, path: `/days/${day}/log${query}` }))
  return (text !== undefined && text.split('\n').length - 1 === known.size) || undefined
}

/** What is not there yet. */
async function foundOrNot<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof Refused && error.status === 404) return undefined
    throw error
  }
}
