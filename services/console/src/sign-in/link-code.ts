import { asProblem, codeOf, type Problem } from '../api/problem.ts'
import { claimsOf } from '../session/claims.ts'
import { session, signIn } from '../session/session.ts'
import { noteServerTime } from '../time/clock.ts'

/** Signing in by a link with a one-time code, /ui/#code=…, which the local stack prints. */

/**
 * Takes the code out of the address, so that neither the history nor a copied address has it.
 * @returns undefined when the address has no code
 */
export function takeCode(): string | undefined {
  const code = new URLSearchParams(window.location.hash.slice(1)).get('code')
  if (code === null) return undefined
  window.history.replaceState(null, '', window.location.pathname + window.location.search)
  return code
}

/**
 * Exchanges a code for a token, and signs in with it. A session of another person goes on.
 * @returns why that failed, in a sentence; undefined when it succeeded
 */
export async function signInByCode(code: string): Promise<string | undefined> {
  try {
    return await exchange(code)
  } catch (error) {
    return `The link does not work: ${(error as Error).message}`
  }
}

/** @throws Error when the answer is from something else than Daybook, or the token cannot be one of a session */
async function exchange(code: string): Promise<string | undefined> {
  const response = await fetch('/sign-in', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code }),
  }).catch(() => undefined)
  if (response === undefined) return 'Daybook cannot be reached. Open the link again later.'
  // A token is refused as too old by a clock that is wrong.
  noteServerTime(response.headers.get('date'))
  if (!response.ok) {
    const problem = (await asProblem(response).json()) as Problem
    return `The link does not work (${codeOf(problem)}): ${problem.detail ?? problem.title}`
  }
  const { token } = (await response.json()) as { token: string }
  const wanted = claimsOf(token)?.user
  const { user, isOver } = session.value ?? {}
  if (user !== undefined && !isOver && user !== wanted) {
    return `The link is for ${wanted}. You are signed in as ${user}: sign out first, and open a new link.`
  }
  signIn({ token })
  return undefined
}
