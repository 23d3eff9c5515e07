import { useEffect, useRef, useState } from 'preact/hooks'
import { groupEvents } from './group-events.ts'
import { onLiveEvent } from './live.ts'
import type { LiveEvent } from './message.ts'

/**
 * A number that grows when what the events change may be new. Many events within a short time count as few, and those that come while
 * the page is hidden count when it is shown again.
 * @param types the types of the events that matter; the same set in each call
 * @param concerns whether an event of these types matters
 */
export function useEvents(types: ReadonlySet<string>, concerns?: (event: LiveEvent) => boolean): number {
  const [version, setVersion] = useState(0)
  const latest = useRef(concerns)
  latest.current = concerns
  useEffect(() => {
    const groups = groupEvents(
      () => setVersion(before => before + 1),
      () => document.hidden,
    )
    const stop = onLiveEvent(event => {
      if (types.has(event.type) && latest.current?.(event) !== false) groups.note()
    })
    document.addEventListener('visibilitychange', groups.show)
    return () => {
      stop()
      document.removeEventListener('visibilitychange', groups.show)
      groups.stop()
    }
  }, [types])
  return version
}
