import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { Read } from './use-read.ts'

/** Something that is shown as it was read earlier, because it cannot be read now. */
export interface Stale extends Pick<Read<unknown>, 'readAt' | 'again'> {
  /** What it is, as in "your tasks". */
  what: string
  /** Why it cannot be read. */
  reason: string
}

/** What the page shows as it was read earlier. The strip says so: a line above it would move its rows. */
export const stale = signal<readonly Stale[]>([])

/** Notes while what a component shows is stale. */
export function useStale({ data, problem, readAt, again }: Read<unknown>, what: string): void {
  const reason = data === undefined ? undefined : (problem?.detail ?? problem?.title)
  useEffect(() => {
    if (reason === undefined) return
    const noted = { what, readAt, reason, again }
    stale.value = [...stale.peek(), noted]
    return () => {
      stale.value = stale.peek().filter(one => one !== noted)
    }
  }, [what, readAt, reason])
}
