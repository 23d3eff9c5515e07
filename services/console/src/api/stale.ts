import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** Something that is shown as it was read earlier, because it cannot be read now. */
export interface Stale {
  /** What it is, as in "your tasks". */
  what: string
  /** When it was read, in milliseconds since 1970. */
  readAt: number
  /** Why it cannot be read. */
  reason: string
  again: () => void
}

/** What the page shows as it was read earlier. The strip says so: a line above it would move its rows. */
export const stale = signal<readonly Stale[]>([])

/** Notes what a component shows while it is stale. @param reason undefined while it is not */
export function useStale({ what, readAt, again }: Omit<Stale, 'reason'>, reason: string | undefined): void {
  useEffect(() => {
    if (reason === undefined) return
    const noted = { what, readAt, again, reason }
    stale.value = [...stale.peek(), noted]
    return () => {
      stale.value = stale.peek().filter(one => one !== noted)
    }
  }, [what, readAt, reason])
}
