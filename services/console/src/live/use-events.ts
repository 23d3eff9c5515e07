import { useEffect, useState } from 'preact/hooks'
import { onLiveEvent } from './live.ts'

// The services read the same events: they have nearly always handled one after the first pause, and after an outage after the second.
const FIRST_PAUSE_MS = 400
const SECOND_PAUSE_MS = 3000

/**
 * A number that grows when what the events change may be new. Many events within the pauses count as one.
 * @param types the types of the events that matter; the same set in each call
 */
export function useEvents(types: ReadonlySet<string>): number {
  const [version, setVersion] = useState(0)
  useEffect(() => {
    const grow = () => setVersion(before => before + 1)
    let [first, second] = [0, 0]
    let isAgain = false
    const plan = () => {
      isAgain = false
      first = window.setTimeout(grow, FIRST_PAUSE_MS)
      second = window.setTimeout(() => {
        grow()
        second = 0
        if (isAgain) plan()
      }, SECOND_PAUSE_MS)
    }
    const stop = onLiveEvent(({ type }) => {
      if (!types.has(type)) return
      if (second === 0) plan()
      else isAgain = true
    })
    return () => {
      stop()
      window.clearTimeout(first)
      window.clearTimeout(second)
    }
  }, [types])
  return version
}
