import '../browser.ts'
import { token, until } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { session, signIn, signOut } from '../../src/session/session.ts'
import { keepRenewing } from '../../src/sign-in/renew.ts'

const ISSUER = 'http://issuer'
const metadata = {
  issuer: ISSUER,
  token_endpoint: `${ISSUER}/token`,
  revocation_endpoint: `${ISSUER}/revoke`,
}
const short = await token('alice', { expires: '30s' })
const long = await token('alice', { expires: '2h' })
const granted = () => Response.json({ access_token: long, refresh_token: 'two', token_type: 'bearer' })

/**
 * Signs alice in, in a browser whose pauses take no time.
 * @param answers of the issuer
 * @returns the refresh tokens that it got and that it was to forget, and how often the console has looked whether it is time
 */
function start(t: Test, answers: (() => Response)[]) {
  const used: (string | null)[] = []
  const revoked: (string | null)[] = []
  let looks = 0
  const setTimeout = (run: () => void) => {
    looks += 1
    return globalThis.setTimeout(run, 1)
  }
  t.intercept(globalThis, 'window', { value: Object.assign(Object.create(globalThis), { setTimeout }) })
  t.intercept(globalThis, 'fetch', {
    value: async (input: unknown, init?: { body?: unknown }) => {
      const sent = new URLSearchParams(String(init?.body))
      if (String(input) === metadata.revocation_endpoint) revoked.push(sent.get('token'))
      if (String(input) !== metadata.token_endpoint) return Response.json(metadata)
      used.push(sent.get('refresh_token'))
      return (answers.shift() ?? Response.error)()
    },
  })
  signIn({ token: short, refreshToken: 'one' })
  t.teardown(signOut)
  return { used, revoked, looks: () => looks }
}

const real = Date.now
t.teardown(() => {
  Date.now = real
})
keepRenewing({ issuer: ISSUER, clientId: 'c', scope: 'openid' })

t.test('a session is renewed in the last third of its token, and not before', async t => {
  const { used, looks } = start(t, [
    () => Response.error(),
    () => new Response('Away', { status: 503 }),
    granted,
  ])
  await until('it has looked often', () => looks() > 5)
  t.strictSame(used, [], 'there is time')
  Date.now = () => real() + 25_000
  await until('it is renewed', () => session.value?.token === long)
  t.match(session.value, { user: 'alice', refreshToken: 'two', isOver: false })
  t.equal(window.sessionStorage.getItem('daybook.refresh'), 'two')
  t.strictSame(used, ['one', 'one', 'one'], 'it is tried again when the issuer does not answer')
})

t.test('a refresh token that the issuer refuses is not used again, and the session goes on', async t => {
  const { used } = start(t, [() => Response.json({ error: 'invalid_grant' }, { status: 400 })])
  await until('it is forgotten', () => session.value?.refreshToken === undefined)
  t.match(session.value, { token: short, isOver: false })
  t.equal(window.sessionStorage.getItem('daybook.refresh'), null)
  t.strictSame(used, ['one'])
})

t.test('a token that comes after the person has signed out is revoked', async t => {
  const { revoked } = start(t, [
    () => {
      signOut()
      return granted()
    },
  ])
  await until('it is revoked', () => revoked.length > 0)
  t.strictSame(revoked, ['two'])
  t.equal(session.value, undefined)
})
