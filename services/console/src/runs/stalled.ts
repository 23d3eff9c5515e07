import type { Run } from './run.ts'

/** What is known of the progress of runs that are not done: what they had reached, and when that was seen first. */
export type Progress = ReadonlyMap<string, { reached: string; since: number }>

/** A run whose numbers do not change for so long makes no progress. */
export const STALLED_AFTER_MS = 60_000

/**
 * Notes how far runs are.
 * @param before what was noted before
 * @param now by the server's clock, in milliseconds since 1970
 */
export function noteProgress(before: Progress, runs: readonly Run[], now: number): Progress {
  const next = new Map<string, { reached: string; since: number }>()
  for (const run of runs) {
    if (run.state === 'done') continue
    const reached = JSON.stringify([run.state, run.waitsFor, run.jobs, run.written, run.failed])
    const noted = before.get(run.id)
    if (noted?.reached === reached) next.set(run.id, noted)
    // What was reached before the page looked is not known, except that the run is still where it began.
    else next.set(run.id, { reached, since: noted === undefined ? beganAt(run, now) : now })
  }
  return next
}

function beganAt({ state, createdAt, writingAt, written, failed }: Run, now: number): number {
  if (state === 'closing') return Date.parse(createdAt)
  return written + failed === 0 && writingAt !== null ? Date.parse(writingAt) : now
}
