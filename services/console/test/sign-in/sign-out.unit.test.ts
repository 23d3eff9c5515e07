import '../browser.ts'
import { token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { session, signIn } from '../../src/session/session.ts'
import { leave, revokeOnSignOut } from '../../src/sign-in/sign-out.ts'

const ISSUER = 'http://issuer'
const bearer = await token('alice')
revokeOnSignOut({ issuer: ISSUER, clientId: 'console', scope: 'openid' })

/**
 * Signs alice in and out.
 * @param answer of the issuer
 * @returns the paths that the issuer was asked for, with what was sent
 */
function signOutOf(t: Test, answer: (path: string) => Response | Promise<Response>, refreshToken?: string) {
  const asked: [path: string, sent: string | undefined][] = []
  t.intercept(globalThis, 'fetch', {
    value: async (input: unknown, init?: { body?: URLSearchParams }) => {
      const path = String(input).slice(ISSUER.length)
      asked.push([path, init?.body?.toString()])
      return answer(path)
    },
  })
  signIn({ token: bearer, refreshToken })
  leave()
  t.equal(session.value, undefined, 'at once')
  t.equal(window.sessionStorage.getItem('daybook.refresh'), null)
  return asked
}

const METADATA = '/.well-known/openid-configuration'

t.test('the issuer forgets the refresh token of a person who signs out', async t => {
  const asked = signOutOf(
    t,
    path =>
      path === METADATA
        ? Response.json({ issuer: ISSUER, revocation_endpoint: `${ISSUER}/revoke` })
        : new Response(),
    'one',
  )
  await until('it is asked to', () => asked.length === 2)
  t.strictSame(asked[1], ['/revoke', 'token_type_hint=refresh_token&token=one&client_id=console'])
})

t.test('a person is signed out when the issuer fails, cannot revoke, or never answers', async t => {
  const answers = [
    () => Promise.reject(new TypeError('Failed to fetch')),
    () => new Response('Away', { status: 503 }),
    () => Response.json({ issuer: ISSUER }),
    () => new Promise<Response>(() => undefined),
  ]
  for (const answer of answers) {
    const asked = signOutOf(t, answer, 'one')
    await new Promise(setImmediate)
    t.strictSame(
      asked.map(([path]) => path),
      [METADATA],
    )
  }
})

t.test('without a refresh token the issuer is not asked', async t => {
  const asked = signOutOf(t, () => Response.error())
  await new Promise(setImmediate)
  t.strictSame(asked, [])
})
