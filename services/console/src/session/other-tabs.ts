import { effect } from '@preact/signals'
import { claimsOf } from './claims.ts'
import { endSession, faultOf, session, signIn, type Tokens } from './session.ts'

/** The tabs of one browser share their session: a new tab asks the others for it, renewed tokens go to all, and signing out ends it in all. */

type Message = { type: 'who' } | ({ type: 'token' } & Tokens) | { type: 'out'; user: string | undefined }

const ANSWER_MS = 150

/**
 * Shares the session with the other tabs.
 * @returns a promise that is fulfilled when this tab has the session of the others, or they have none
 */
export async function shareSession(): Promise<void> {
  const channel = new BroadcastChannel('daybook.session')
  const tell = (message: Message) => channel.postMessage(message)
  let [toldToken, toldUser] = [session.value?.token, session.value?.user]
  const asked = Promise.withResolvers<void>()
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.type === 'who') {
      if (isSignedIn() && session.value) tell(messageOf(session.value))
    } else if (data.type === 'out') {
      // Tabs of an earlier version do not tell who has signed out.
      if (data.user !== undefined && data.user !== session.value?.user) return
      // What is not saved in this tab is not lost by signing out in another.
      toldToken = undefined
      endSession()
    } else if (isBetter(data.token)) {
      toldToken = data.token
      signIn(data)
      asked.resolve()
    }
  }
  effect(() => {
    const { value } = session
    const token = value?.token || undefined
    if (token === toldToken) return
    toldToken = token
    tell(value === undefined || token === undefined ? { type: 'out', user: toldUser } : messageOf(value))
    toldUser = value?.user
  })
  // Also with a session: it may have been renewed while this tab was loaded.
  tell({ type: 'who' })
  if (isSignedIn()) return
  setTimeout(asked.resolve, ANSWER_MS)
  await asked.promise
}

const isSignedIn = () => session.value !== undefined && !session.value.isOver

const messageOf = ({ token, refreshToken }: Tokens): Message => ({ type: 'token', token, refreshToken })

/** Whether the token of another tab begins the session of this one, or renews it. */
function isBetter(token: string): boolean {
  if (faultOf(token) !== undefined) return false
  const [own, theirs] = [session.value, claimsOf(token)]
  if (own === undefined || theirs === undefined) return true
  // What is kept for the person of an ended session is not shown to another one.
  return theirs.user === own.user && (own.isOver || theirs.expiresAt > own.expiresAt)
}
