import { signal } from '@preact/signals'
import { useEffect, useRef, useState } from 'preact/hooks'
import { oneAtATime } from '../api/one-at-a-time.ts'
import { returns } from '../api/parts.ts'
import type { Problem } from '../api/problem.ts'
import { serverTime } from '../time/clock.ts'

/** What is known of something that is read from a service. Both `data` and `problem`: it was read earlier, and not now. */
export interface Read<T> {
  data: T | undefined
  problem: Problem | undefined
  /** When the data were read, by the clock of the server, in milliseconds since 1970. */
  readAt: number
  again: () => void
}

type Load<T> = (signal: AbortSignal) => Promise<{ data?: T; error?: Problem | undefined }>

/** Grows when everything has to be read again: after a gap in the live events. */
export const renewals = signal(0)

/**
 * Reads something for a component: at once, when `what` changes, and when a part that was away is back.
 * @param what the values that `load` depends on: while they change, data of earlier values are not shown
 * @param version changes when the data have changed: they are read again, and shown until then
 */
export function useRead<T>(load: Load<T>, what: readonly unknown[], version: unknown = 0): Read<T> {
  const key = JSON.stringify(what)
  const [read, setRead] = useState<{ key: string; data?: T; problem?: Problem | undefined; readAt: number }>()
  const [count, setCount] = useState(0)
  const latest = useRef(load)
  latest.current = load
  const reader = useRef<() => void>()
  useEffect(() => {
    const stop = new AbortController()
    const show = async () => {
      const { data, error } = await latest.current(stop.signal)
      if (stop.signal.aborted) return
      setRead(before => {
        if (error === undefined && data !== undefined) return { key, data, readAt: serverTime() }
        return before?.key === key ? { ...before, problem: error } : { key, problem: error, readAt: 0 }
      })
    }
    reader.current = oneAtATime(show, stop.signal)
    return () => stop.abort()
  }, [key])
  useEffect(() => reader.current?.(), [key, version, count, returns.value, renewals.value])
  const shown = read?.key === key ? read : undefined
  const again = () => setCount(before => before + 1)
  return { data: shown?.data, problem: shown?.problem, readAt: shown?.readAt ?? 0, again }
}
