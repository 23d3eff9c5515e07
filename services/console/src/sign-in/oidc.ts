import * as oauth from 'oauth4webapi'
import { go, href } from '../address/address.ts'
import { leaveToSignIn } from '../session/kept.ts'
import { signIn } from '../session/session.ts'
import { discover, type Oidc, redeem } from './issuer.ts'

/** Signing in at the issuer of the tokens: the authorization code flow with PKCE (RFC 9700). */

const KEY = 'daybook.oidc'

/** What the tab keeps while the person is at the issuer. */
interface Begun {
  verifier: string
  state: string
  /** The page to which the person comes back. */
  page: string
}

const redirectUri = () => `${window.location.origin}${href('/')}`

/**
 * Leaves for the issuer.
 * @returns why that failed, in a sentence
 */
export async function startOidc(oidc: Oidc): Promise<string | undefined> {
  try {
    const { authorization_endpoint: endpoint } = await discover(oidc)
    if (endpoint === undefined) return `${oidc.issuer} has no authorization endpoint.`
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const page = window.location.pathname + window.location.search
    window.sessionStorage.setItem(KEY, JSON.stringify({ verifier, state, page } satisfies Begun))
    const url = new URL(endpoint)
    url.search = new URLSearchParams({
      ...Object.fromEntries(url.searchParams),
      client_id: oidc.clientId,
      redirect_uri: redirectUri(),
      response_type: 'code',
      scope: oidc.scope,
      state,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString()
    leaveToSignIn()
    window.location.assign(url)
    return undefined
  } catch (error) {
    return `Cannot sign in at ${oidc.issuer}: ${(error as Error).message}`
  }
}

/**
 * Ends what `startOidc` began, when the issuer has sent the person back.
 * @returns why that failed, in a sentence
 */
export async function finishOidc(oidc: Oidc): Promise<string | undefined> {
  const begun = window.sessionStorage.getItem(KEY)
  const callback = new URL(window.location.href)
  if (begun === null || !callback.searchParams.has('state')) return undefined
  window.sessionStorage.removeItem(KEY)
  const { verifier, state, page } = JSON.parse(begun) as Begun
  go(page.slice(href('').length), { replace: true })
  try {
    signIn(await redeem(oidc, { callback, redirectUri: redirectUri(), state, verifier }))
    return undefined
  } catch (error) {
    return `Signing in at ${oidc.issuer} has failed: ${(error as Error).message}`
  }
}
