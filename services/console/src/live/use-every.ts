import { useEffect, useState } from 'preact/hooks'

/**
 * A number that grows at intervals while the page is visible, for what changes without an event.
 * @param ms the interval; undefined: it does not grow
 */
export function useEvery(ms: number | undefined): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (ms === undefined) return
    const timer = window.setInterval(() => {
      if (!document.hidden) setCount(before => before + 1)
    }, ms)
    return () => window.clearInterval(timer)
  }, [ms])
  return count
}
