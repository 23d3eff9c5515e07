import { session, signOut } from '../session/session.ts'
import { type Oidc, revoke } from './issuer.ts'

let issuer: Oidc | undefined

/** Makes signing out end the session at the issuer too. */
export function revokeOnSignOut(oidc: Oidc): void {
  issuer = oidc
}

/**
 * Ends the session of this browser at once, and then lets the issuer forget its refresh token. Nobody waits for the issuer: a person who
 * leaves is signed out whatever it answers.
 */
export function leave(): void {
  const { refreshToken } = session.peek() ?? {}
  signOut()
  if (issuer === undefined || refreshToken === undefined) return
  // When the issuer does not answer, there is nothing that the person could do: the token ends when it is old.
  revoke(issuer, refreshToken).catch(() => undefined)
}
