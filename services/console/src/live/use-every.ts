import { useEffect, useState } from 'preact/hooks'

/**
 * A number that grows at intervals while the page is visible, for what changes without an event. It grows at once when the page is
 * shown again after an interval.
 * @param ms the interval; undefined: it does not grow
 */
export function useEvery(ms: number | undefined): number {
  const [count, setCount] = useState(0)
  useEffect(() => {
    if (ms === undefined) return
    let grownAt = performance.now()
    const look = () => {
      if (document.hidden || performance.now() - grownAt < ms - 50) return
      grownAt = performance.now()
      setCount(before => before + 1)
    }
    const timer = window.setInterval(look, ms)
    document.addEventListener('visibilitychange', look)
    return () => {
      window.clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [ms])
  return count
}
