import { effect } from '@preact/signals'
import { endSession, session, signIn } from './session.ts'

/** The tabs of one browser share their session: a new tab asks the others for it, and signing out ends it in all of them. */

type Message = { type: 'who' } | { type: 'token'; token: string } | { type: 'out' }

const ANSWER_MS = 150

/**
 * Shares the session with the other tabs.
 * @returns a promise that is fulfilled when this tab has the session of the others, or they have none
 */
export async function shareSession(): Promise<void> {
  const channel = new BroadcastChannel('daybook.session')
  const tell = (message: Message) => channel.postMessage(message)
  const isSignedIn = () => session.value !== undefined && !session.value.isOver
  let toldToken = session.value?.token
  const asked = Promise.withResolvers<void>()
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'who') {
      if (isSignedIn() && session.value) tell({ type: 'token', token: session.value.token })
    } else if (data.type === 'out') {
      // What is not saved in this tab is not lost by signing out in another.
      toldToken = undefined
      endSession()
    } else if (!isSignedIn()) {
      toldToken = data.token
      signIn(data.token)
      asked.resolve()
    }
  }
  effect(() => {
    const token = session.value?.token || undefined
    if (token === toldToken) return
    toldToken = token
    tell(token === undefined ? { type: 'out' } : { type: 'token', token })
  })
  if (isSignedIn()) return
  tell({ type: 'who' })
  setTimeout(asked.resolve, ANSWER_MS)
  await asked.promise
}
