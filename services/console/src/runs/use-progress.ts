import { useEffect, useRef } from 'preact/hooks'
import { announce } from '../elements/announcer.tsx'
import { now } from '../time/clock.ts'
import { noteQuarters, type Quarters } from './quarters.ts'
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
  const told = useRef<Quarters>(new Map())
  useEffect(() => {
    const { noted, sentences } = noteQuarters(told.current, runs)
    told.current = noted
    for (const sentence of sentences) announce(sentence)
  }, [runs])
}
