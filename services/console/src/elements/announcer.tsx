import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'

/** The one live region of the page: what a screen reader is told that was not asked for. */

const said = signal('')
let waiting: string[] = []

const PAUSE_MS = 500

/** Tells a sentence to screen readers. Sentences of the same moment are told together. */
export function announce(text: string): void {
  waiting.push(text)
  if (waiting.length > 1) return
  // Only a change is told: the same sentence again is one after an empty region.
  said.value = ''
  setTimeout(() => {
    said.value = waiting.join(' ')
    waiting = []
  }, PAUSE_MS)
}

/** Tells a sentence when it comes up or changes; undefined: there is none. */
export function useAnnounced(text: string | undefined): void {
  useEffect(() => {
    if (text !== undefined) announce(text)
  }, [text])
}

/** The live region, which is in the page once. */
export function Announcer() {
  return (
    <p class="unseen" aria-live="polite">
      {said.value}
    </p>
  )
}
