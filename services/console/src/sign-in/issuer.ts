import * as oauth from 'oauth4webapi'
import { claimsOf } from '../session/claims.ts'
import type { Config } from '../session/config.ts'
import type { Tokens } from '../session/session.ts'
import { serverTime } from '../time/clock.ts'

/** The requests to the issuer of the tokens. */

export type Oidc = NonNullable<Config['oidc']>

// An issuer without TLS is for tests on one machine.
const insecure = ({ issuer }: Oidc) => ({ [oauth.allowInsecureRequests]: issuer.startsWith('http://') })

// The issuer's tokens are judged by the clock of the server, not by that of the browser.
const clientOf = ({ clientId }: Oidc): oauth.Client => ({
  client_id: clientId,
  [oauth.clockSkew]: Math.round((serverTime() - Date.now()) / 1000),
})

/** Asks the issuer for the addresses of its endpoints. */
export async function discover(oidc: Oidc): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(oidc.issuer)
  const response = await oauth.discoveryRequest(issuer, { ...insecure(oidc), algorithm: 'oidc' })
  return oauth.processDiscoveryResponse(issuer, response)
}

/** What came back from the issuer, and what the tab has kept for it. */
interface Returned {
  callback: URL
  redirectUri: string
  state: string
  verifier: string
}

/** Exchanges the code with which the issuer has sent the person back. @throws Error when it is refused, or there is no answer */
export async function redeem(
  oidc: Oidc,
  { callback, redirectUri, state, verifier }: Returned,
): Promise<Tokens> {
  const server = await discover(oidc)
  const client = clientOf(oidc)
  const granted = oauth.validateAuthResponse(server, client, callback, state)
  const response = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    oauth.None(),
    granted,
    redirectUri,
    verifier,
    insecure(oidc),
  )
  return tokensOf(await oauth.processAuthorizationCodeResponse(server, client, response))
}

/** Exchanges a refresh token. @throws Error as `redeem` does; see `isRefused` */
export async function refresh(oidc: Oidc, refreshToken: string): Promise<Tokens> {
  const server = await discover(oidc)
  const client = clientOf(oidc)
  const response = await oauth.refreshTokenGrantRequest(
    server,
    client,
    oauth.None(),
    refreshToken,
    insecure(oidc),
  )
  // An issuer that does not replace a refresh token lets it work again.
  return { refreshToken, ...tokensOf(await oauth.processRefreshTokenResponse(server, client, response)) }
}

/**
 * Lets the issuer forget a refresh token, if it can (RFC 7009).
 * @throws Error when it refuses, or there is no answer
 */
export async function revoke(oidc: Oidc, refreshToken: string): Promise<void> {
  const server = await discover(oidc)
  if (server.revocation_endpoint === undefined) return
  const response = await oauth.revocationRequest(server, clientOf(oidc), oauth.None(), refreshToken, {
    ...insecure(oidc),
    additionalParameters: { token_type_hint: 'refresh_token' },
  })
  await oauth.processRevocationResponse(response)
}

/** Whether the issuer has answered that it does not give a token. */
export const isRefused = (error: unknown): boolean => error instanceof oauth.ResponseBodyError

function tokensOf({ access_token: token, refresh_token: refreshToken }: oauth.TokenEndpointResponse): Tokens {
  if (claimsOf(token) === undefined) throw new Error('its access token is not a JWT')
  return refreshToken === undefined ? { token } : { token, refreshToken }
}
