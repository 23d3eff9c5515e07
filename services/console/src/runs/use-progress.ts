import { useEffect, useRef } from 'preact/hooks'
import { announce } from '../elements/announcer.tsx'
import { now } from '../time/clock.ts'
import type { Run } from './run.ts'
import { noteProgress, type Progress, STALLED_AFTER_MS } from './stalled.ts'

/**
 * Watches runs that are not done, and tells screen readers when a quarter more of their logs is written.
 * @returns for how many milliseconds a run has made no progress; undefined when that is less than a minute
 */
export function useProgress(runs: readonly Run[]): (run: Run) => number | undefined {
  const noted = useRef<Progress>(new Map())
  noted.current = noteProgress(noted.current, runs, now.value)
  useQuarters(runs)
  return ({ id }) => {
    const since = noted.current.get(id)?.since
    const ms = since === undefined ? 0 : now.value - since
    return ms > STALLED_AFTER_MS ? ms : undefined
  }
}

function useQuarters(runs: readonly Run[]): void {
  const told = useRef(new Map<string, number>())
  useEffect(() => {
    for (const { id, day, timeZone, state, jobs, written, failed } of runs) {
      const quarter = state === 'done' ? 4 : jobs ? Math.floor(((written + failed) / jobs) * 4) : 0
      const before = told.current.get(id)
      told.current.set(id, quarter)
      if (before === undefined || quarter <= before) continue
      announce(
        `${day} in ${timeZone}: ${quarter === 4 ? 'all logs are done' : `${quarter * 25} % of the logs`}.`,
      )
    }
  }, [runs])
}
