import { useEffect, useRef, useState } from 'preact/hooks'
import type { Problem } from '../../api/problem.ts'
import { schedulerApi } from '../../api/services.ts'
import type { NewDefinition, Preview } from '../definition/schedule.ts'

const PAUSE_MS = 200

export interface PreviewState {
  /** The last preview of a definition without faults. */
  preview: Preview | undefined
  /** Whether the preview is of an earlier definition. */
  isOld: boolean
  /** Why there is no newer one. */
  problem: Problem | undefined
}

/**
 * Previews a definition while it is typed: 200 ms after the last change.
 * @param definition undefined while it cannot be read
 */
export function usePreview(name: string, definition: NewDefinition | undefined): PreviewState {
  const [state, setState] = useState<PreviewState>({ preview: undefined, isOld: true, problem: undefined })
  const wanted = JSON.stringify([name, definition])
  const latest = useRef(definition)
  latest.current = definition
  useEffect(() => {
    const stop = new AbortController()
    setState(before => ({ ...before, isOld: true }))
    const show = async () => {
      const body = latest.current
      if (body === undefined) return
      const params = { path: { name } }
      const { data, error } = await schedulerApi.POST('/schedules/{name}/preview', {
        params,
        body,
        signal: stop.signal,
      })
      if (stop.signal.aborted) return
      setState(({ preview }) =>
        data === undefined
          ? { preview, isOld: true, problem: error as Problem }
          : { preview: data, isOld: false, problem: undefined },
      )
    }
    const timer = window.setTimeout(() => {
      show().catch(error => {
        if (!stop.signal.aborted) reportError(error)
      })
    }, PAUSE_MS)
    return () => {
      window.clearTimeout(timer)
      stop.abort()
    }
  }, [wanted])
  return state
}
