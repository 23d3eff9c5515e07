import { computed, effect } from '@preact/signals'
import { inOneTab } from '../live/in-one-tab.ts'
import { pause } from '../live/pause.ts'
import { dropRefreshToken, type Session, session, signIn } from '../session/session.ts'
import { serverTime } from '../time/clock.ts'
import { isRefused, type Oidc, refresh, revoke } from './issuer.ts'

const EVERY_MS = 5000
// Browsers let a hidden tab look once a minute.
const BEFORE_MS = 120_000

/**
 * Renews the session before its token ends, as long as the issuer gives refresh tokens. One tab does so for all tabs: many issuers
 * replace a refresh token, and end the session when the old one is used again.
 */
export function keepRenewing(oidc: Oidc): void {
  const user = computed(() => session.value?.user)
  effect(() => {
    if (user.value === undefined) return
    const stop = new AbortController()
    const { signal } = stop
    // A page without locks cannot sign in at an issuer either: both need TLS.
    inOneTab(`daybook.renew.${user.value}`, signal => renewInTime(oidc, signal), signal).catch(error => {
      if (!signal.aborted) reportError(error)
    })
    return () => stop.abort()
  })
}

async function renewInTime(oidc: Oidc, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const { refreshToken } = session.peek() ?? {}
    if (refreshToken !== undefined && isDue(session.peek())) await renew(oidc, refreshToken)
    await pause(EVERY_MS, signal)
  }
}

/** Whether the last third of the life of a token has begun, and its last minutes. */
function isDue(signed: Session | undefined): boolean {
  if (signed === undefined) return false
  const { issuedAt = Number.NEGATIVE_INFINITY, expiresAt } = signed
  return serverTime() >= expiresAt - Math.min(BEFORE_MS, (expiresAt - issuedAt) / 3)
}

async function renew(oidc: Oidc, refreshToken: string): Promise<void> {
  try {
    const tokens = await refresh(oidc, refreshToken)
    if (session.peek()?.refreshToken === refreshToken) signIn(tokens)
    // Signed out, or in again, meanwhile: what was revoked then was not this token.
    else if (tokens.refreshToken !== undefined) await revoke(oidc, tokens.refreshToken)
  } catch (error) {
    // Without an answer the refresh token may still work.
    if (isRefused(error)) dropRefreshToken(refreshToken)
  }
}
