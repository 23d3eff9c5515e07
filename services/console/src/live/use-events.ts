import { useEffect, useRef, useState } from 'preact/hooks'
import { onLiveEvent } from './live.ts'
import type { LiveEvent } from './message.ts'

// The services read the same events: they have nearly always handled one after the first pause, and after an outage after the second.
const FIRST_PAUSE_MS = 400
const SECOND_PAUSE_MS = 3000

/**
 * A number that grows when what the events change may be new. Many events within the pauses count as one, and those that come while
 * the page is hidden count when it is shown again.
 * @param types the types of the events that matter; the same set in each call
 * @param concerns whether an event of these types matters
 */
export function useEvents(types: ReadonlySet<string>, concerns?: (event: LiveEvent) => boolean): number {
  const [version, setVersion] = useState(0)
  const latest = useRef(concerns)
  latest.current = concerns
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
        note(isAgain)
      }, SECOND_PAUSE_MS)
    }
    const note = (isNew: boolean) => {
      isAgain ||= isNew
      if (isAgain && second === 0 && !document.hidden) plan()
    }
    const show = () => note(false)
    const stop = onLiveEvent(event => {
      if (types.has(event.type) && latest.current?.(event) !== false) note(true)
    })
    document.addEventListener('visibilitychange', show)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', show)
      window.clearTimeout(first)
      window.clearTimeout(second)
    }
  }, [types])
  return version
}
