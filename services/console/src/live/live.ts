import { effect, signal } from '@preact/signals'
import type { Problem } from '../api/problem.ts'
import { renewals } from '../elements/use-read.ts'
import { expire, session } from '../session/session.ts'
import { hasLocks, inOneTab } from './in-one-tab.ts'
import { keepStream } from './keep-stream.ts'
import type { LiveEvent, Message } from './message.ts'
import { hearParts, watchStatus } from './watch-status.ts'

/** Live events. The tabs of one browser share one stream: one of them reads it, and hands on what it reads. */

type Listener = (event: LiveEvent) => void
const listeners = new Set<Listener>()

/**
 * Calls a function with each event, in the order of the stream.
 * @returns a function that ends it
 */
export function onLiveEvent(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Why the gateway gives this browser no live events; undefined: it gives them, or does not answer. */
export const liveProblem = signal<Problem | undefined>(undefined)

let position: string | undefined

function hear(message: Message): void {
  if (message.type === 'parts') hearParts(message)
  else if (message.type === 'refusal') liveProblem.value = message.problem
  else {
    position = message.position ?? position
    if (message.type === 'renew') renewals.value += 1
    else if (message.type === 'event') for (const listener of listeners) listener(message.event)
  }
}

/** Starts the sharing of the stream, for the person who is signed in now or later. */
export function startLive(): void {
  effect(() => {
    const { user, isOver = true, token } = session.value ?? {}
    if (user === undefined || token === undefined || isOver) return
    const stop = new AbortController()
    const channel = new BroadcastChannel(`daybook.live.${user}`)
    channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data)
    const tell = (message: Message) => {
      // Without locks each visible tab reads for itself.
      if (hasLocks()) channel.postMessage(message)
      hear(message)
    }
    const { signal } = stop
    const stream = { token, position: () => position, tell, expire: () => expire(token) }
    // The tab that goes on begins at the same position.
    const read = (signal: AbortSignal) =>
      Promise.all([keepStream({ ...stream, signal }), watchStatus({ token, tell, signal })])
    inOneTab(`daybook.live.${user}`, read, signal).catch(error => {
      if (!signal.aborted) reportError(error)
    })
    return () => {
      stop.abort()
      channel.close()
      liveProblem.value = undefined
    }
  })
}
