import { computed, signal } from '@preact/signals'
import { now, serverTime } from '../time/clock.ts'
import { type Claims, claimsOf } from './claims.ts'
import { isAnythingKept } from './kept.ts'

/** The session of this tab, which the other tabs share. Its tokens are kept in sessionStorage, which ends with the tab. */

const KEY = 'daybook.token'
const REFRESH_KEY = 'daybook.refresh'

/** What a person signs in with. */
export interface Tokens {
  token: string
  /** With it the issuer gives the next token; undefined: the person signs in again. */
  refreshToken?: string | undefined
}

export interface Session extends Claims, Tokens {
  /** The token was refused or has ended. The pages keep what was typed, until the same person signs in again. */
  isOver: boolean
}

interface Signed extends Claims, Tokens {
  isRefused: boolean
}

const current = signal(
  read({
    token: window.sessionStorage.getItem(KEY) ?? '',
    refreshToken: window.sessionStorage.getItem(REFRESH_KEY) ?? undefined,
  }),
)

// By the clock of the server, which is known only after its first answer.
const hasEnded = computed(() => current.value !== undefined && current.value.expiresAt <= now.value)

/** The session; undefined when nobody is signed in. */
export const session = computed<Session | undefined>(() => {
  if (current.value === undefined) return undefined
  const { isRefused, ...signed } = current.value
  return { ...signed, isOver: isRefused || hasEnded.value }
})

/** Whether the person may use the pages of operators. */
export const isAdmin = computed(() => current.value?.scopes.includes('admin') ?? false)

function read({ token, refreshToken }: Tokens): Signed | undefined {
  const claims = claimsOf(token)
  return claims && { ...claims, token, refreshToken, isRefused: false }
}

/** Refuses a text as the token of a session, in a sentence; undefined when it can be one. */
export function faultOf(token: string): string | undefined {
  const claims = claimsOf(token)
  if (claims === undefined) return 'This is not a token: it must have three parts with dots between them.'
  return claims.expiresAt <= serverTime() ? 'This token has expired. Make a new one.' : undefined
}

/**
 * Starts a session with a token, or goes on with the one that is over.
 * @throws Error when `faultOf` refuses the token
 */
export function signIn({ token, refreshToken }: Tokens): void {
  const fault = faultOf(token)
  if (fault !== undefined) throw new Error(fault)
  window.sessionStorage.setItem(KEY, token)
  if (refreshToken === undefined) window.sessionStorage.removeItem(REFRESH_KEY)
  else window.sessionStorage.setItem(REFRESH_KEY, refreshToken)
  current.value = read({ token, refreshToken })
}

/** Forgets a refresh token that the issuer refuses. The session goes on until its token ends. */
export function dropRefreshToken(refused: string): void {
  const { value } = current
  if (value?.refreshToken !== refused) return
  window.sessionStorage.removeItem(REFRESH_KEY)
  current.value = { ...value, refreshToken: undefined }
}

/** Ends the session of this tab, and forgets what the tab kept for the person. */
export function signOut(): void {
  window.sessionStorage.clear()
  current.value = undefined
}

/** Forgets the token, but keeps what the person has not saved, until `signOut`: the same person can sign in again and go on. */
export function endSession(): void {
  window.sessionStorage.removeItem(KEY)
  window.sessionStorage.removeItem(REFRESH_KEY)
  if (!isAnythingKept()) signOut()
  else if (current.value)
    current.value = { ...current.value, token: '', refreshToken: undefined, isRefused: true }
}

/** Notes that the services refuse the token. */
export function expire(token: string): void {
  const { value } = current
  // A late answer to an earlier token says nothing about this one.
  if (value?.token === token && !value.isRefused) current.value = { ...value, isRefused: true }
}
