import type { Run } from './run.ts'

/** The quarter of its logs that each run had reached when it was last looked at, by the id of the run; 4: it was done. */
export type Quarters = ReadonlyMap<string, number>

/**
 * Notes how far runs are in quarters of their logs.
 * @param before what was noted before
 * @returns what is noted, and what to tell: at most four sentences for a run, however many logs it has and however often it is looked
 *   at. A run that is seen for the first time has nothing to tell.
 */
export function noteQuarters(before: Quarters, runs: readonly Run[]) {
  const noted = new Map(before)
  const sentences: string[] = []
  for (const run of runs) {
    const [quarter, earlier] = [quarterOf(run), before.get(run.id)]
    // Only a run that was done can begin again. Otherwise, a smaller number is an older answer, or one with more logs to write.
    noted.set(run.id, earlier === undefined || earlier === DONE ? quarter : Math.max(earlier, quarter))
    if (earlier === undefined || quarter <= earlier) continue
    const reached = quarter === DONE ? 'all logs are done' : `${quarter * 25} % of the logs`
    sentences.push(`${run.day} in ${run.timeZone}: ${reached}.`)
  }
  return { noted, sentences }
}

const DONE = 4

function quarterOf({ state, jobs, written, failed }: Run): number {
  if (state === 'done') return DONE
  return jobs ? Math.min(DONE - 1, Math.floor(((written + failed) / jobs) * 4)) : 0
}
