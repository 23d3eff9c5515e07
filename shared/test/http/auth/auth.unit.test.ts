import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { type Test, test } from 'tap'
import type { AuthOptions } from '../../../src/http/index.ts'
import { AUTH_SECRET, rawRequest, sendRaw, stopTime } from '../../support/index.ts'
import { bearer, makeApp, signed } from '../make-app.ts'

async function me(t: Test, headers: Record<string, string>, auth: Partial<AuthOptions> = {}) {
  const app = await makeApp(t, { auth })
  const answer = await app.inject({ url: '/me', headers })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.json() as Record<string, unknown>,
  }
}

async function refused(t: Test, headers: Record<string, string>, why: RegExp, auth?: Partial<AuthOptions>) {
  const answer = await me(t, headers, auth)
  t.equal(answer.status, 401)
  t.equal(answer.headers['www-authenticate'], 'Bearer')
  t.match(answer.body, { type: 'urn:daybook:error:DAYBOOK_AUTH_REQUIRED', detail: why })
}

const base64 = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

test('a valid token identifies the user, in the default time zone', async t => {
  const { status, body } = await me(t, bearer(await signed({})))
  t.equal(status, 200)
  t.match(body, { id: 'alice', timeZone: 'Europe/Berlin', admin: false, scopes: [] })
})

test('a request without a token is rejected', async t => {
  await refused(t, {}, /Send a token/)
  await refused(t, { authorization: `Basic ${btoa('alice:secret')}` }, /Send a token/)
  await refused(t, { authorization: 'Bearer' }, /Send a token/)
})

test('a token of another secret, a changed token and plain text are rejected', async t => {
  await refused(t, bearer(await signed({}, 'another secret of more than 32 characters')), /signature/)
  const [header, , signature] = (await signed({})).split('.')
  await refused(t, bearer(`${header}.${base64({ sub: 'bob' })}.${signature}`), /signature/)
  await refused(t, bearer('let-me-in'), /refused/)
})

test('a token without a signature is rejected with any algorithm', async t => {
  for (const alg of ['none', 'HS256', 'RS256']) {
    await refused(t, bearer(`${base64({ alg })}.${base64({ sub: 'alice' })}.`), /refused/)
  }
})

test('a token is valid from `nbf` to `exp`', async t => {
  const now = Math.floor(Date.now() / 1000)
  await refused(t, bearer(await signed({ exp: now - 1 })), /exp/)
  await refused(t, bearer(await signed({ nbf: now + 600 })), /nbf/)
})

test('the clocks of issuer and service may differ by the tolerance', async t => {
  const now = Math.floor(Date.now() / 1000)
  const auth = { clockTolerance: 60 }
  for (const claims of [{ nbf: now + 30 }, { iat: now + 30 }, { exp: now - 30 }]) {
    t.equal((await me(t, bearer(await signed(claims)), auth)).status, 200, JSON.stringify(claims))
  }
  await refused(t, bearer(await signed({ nbf: now + 120 })), /nbf/, auth)
  await refused(t, bearer(await signed({ exp: now - 61 })), /expired/, auth)
  t.equal((await me(t, bearer(await signed({ iat: now + 30 })))).status, 200, 'iat alone rejects no token')
})

test('a cached token is rejected once it has expired', async t => {
  const time = stopTime(t)
  const app = await makeApp(t)
  const headers = bearer(await signed({}))
  for (const _ of [1, 2]) t.equal((await app.inject({ url: '/me', headers })).statusCode, 200)
  await time.pass(61_000)
  t.equal((await app.inject({ url: '/me', headers })).statusCode, 401)
})

test('a cached token stays valid after `exp` for the tolerance', async t => {
  const time = stopTime(t)
  const app = await makeApp(t, { auth: { clockTolerance: 10 } })
  const headers = bearer(await signed({}))
  const status = async () => (await app.inject({ url: '/me', headers })).statusCode
  t.equal(await status(), 200)
  await time.pass(65_000)
  t.equal(await status(), 200)
  await time.pass(6_000)
  t.equal(await status(), 401)
})

test('sub is 1 to 255 characters of well-formed text', async t => {
  for (const sub of ['', 'x'.repeat(256), 'a\ud800', undefined, 7]) {
    await refused(t, bearer(await signed({ sub })), /sub/)
  }
  for (const sub of ['x'.repeat(255), '💐', '../../etc/passwd', 'a b']) {
    t.equal((await me(t, bearer(await signed({ sub })))).body.id, sub)
  }
})

test('zoneinfo is replaced by its current IANA name', async t => {
  for (const [zoneinfo, zone] of [
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['US/Pacific', 'America/Los_Angeles'],
    ['Etc/UTC', 'UTC'],
    ['europe/paris', 'Europe/Paris'],
  ] as const) {
    const { body } = await me(t, bearer(await signed({ zoneinfo })))
    t.equal(body.timeZone, zone, zoneinfo)
  }
})

test('a zoneinfo that is no time zone is rejected, because the default could give a wrong day', async t => {
  for (const zoneinfo of ['Mars/Olympus', '+02:00', '', 'BST', 'NST', 7, ['Europe/Berlin']]) {
    await refused(t, bearer(await signed({ zoneinfo })), /IANA time zone/)
  }
})

test('only a scope that holds the word admin allows the routes for admins', async t => {
  const app = await makeApp(t)
  for (const [scope, status] of [
    ['admin', 200],
    ['tasks admin', 200],
    ['administrator', 403],
    ['', 403],
  ] as const) {
    const answer = await app.inject({ url: '/admin', headers: bearer(await signed({ scope })) })
    t.equal(answer.statusCode, status, scope)
  }
  const answer = await app.inject({ url: '/admin', headers: bearer(await signed({ scope: ['admin'] })) })
  t.match(answer.json(), { status: 403, type: 'urn:daybook:error:DAYBOOK_AUTH_FORBIDDEN' })
  t.equal((await app.inject('/admin')).statusCode, 401, 'the token is checked first')
})

test('issuer and audience are checked when they are set', async t => {
  const auth = { issuer: 'https://issuer.example', audience: 'daybook' }
  await refused(t, bearer(await signed({ iss: auth.issuer })), /aud/, auth)
  await refused(t, bearer(await signed({ iss: 'https://else.example', aud: 'daybook' })), /iss/, auth)
  t.equal((await me(t, bearer(await signed({ iss: auth.issuer, aud: 'daybook' })), auth)).status, 200)
})

/** An issuer of tokens, whose keys can be changed. */
async function makeIssuer(t: Test) {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: '1', alg: 'RS256' }
  const issuer = { keys: [jwk], status: 200, asked: 0 }
  const server = createServer((_, response) => {
    issuer.asked += 1
    response.writeHead(issuer.status).end(JSON.stringify({ keys: issuer.keys }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  const auth = { key: { jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` } }
  const sign = (expires = '1m', kid = '1') =>
    new SignJWT({ sub: 'alice' })
      .setExpirationTime(expires)
      .setProtectedHeader({ alg: 'RS256', kid })
      .sign(privateKey)
  return { issuer, auth, jwk, sign }
}

test("the issuer's public keys verify tokens, and are never used as a secret", async t => {
  const { auth, jwk, sign } = await makeIssuer(t)
  t.equal((await me(t, bearer(await sign()), auth)).status, 200)
  await refused(t, bearer(await signed({}, JSON.stringify(jwk))), /refused/, auth)
})

test('a cached token is rejected at most ten minutes after its issuer removed the key', async t => {
  const { issuer, auth, sign } = await makeIssuer(t)
  const time = stopTime(t)
  const app = await makeApp(t, { auth })
  const status = async (token: string) =>
    (await app.inject({ url: '/me', headers: bearer(token) })).statusCode
  const [token, another] = [await sign('1d'), await sign('2d')]
  t.equal(await status(token), 200)
  issuer.keys = []
  await time.pass(599_000)
  t.equal(await status(token), 200, 'the keys are cached')
  t.equal(issuer.asked, 1)
  await time.pass(1_000)
  t.equal(await status(another), 401, 'the keys are fetched again, for any token')
  t.equal(await status(token), 401)
  t.equal(issuer.asked, 2)
})

test('keys that are fetched early because of a new key apply to all tokens', async t => {
  const { issuer, auth, jwk, sign } = await makeIssuer(t)
  const time = stopTime(t)
  const app = await makeApp(t, { auth })
  const status = async (token: string) =>
    (await app.inject({ url: '/me', headers: bearer(token) })).statusCode
  const token = await sign('1d')
  t.equal(await status(token), 200)
  issuer.keys = [{ ...jwk, kid: '2' }]
  await time.pass(60_000)
  t.equal(await status(await sign('1d', '2')), 200)
  t.equal(await status(token), 401)
})

test('while the keys cannot be fetched, no token stays valid longer than the keys', async t => {
  const { issuer, auth, sign } = await makeIssuer(t)
  const time = stopTime(t)
  const app = await makeApp(t, { auth })
  const headers = bearer(await sign('1d'))
  t.equal((await app.inject({ url: '/me', headers })).statusCode, 200)
  issuer.status = 500
  await time.pass(600_000)
  t.match((await app.inject({ url: '/me', headers })).json(), {
    status: 503,
    type: 'urn:daybook:error:DAYBOOK_AUTH_UNAVAILABLE',
  })
  issuer.status = 200
  t.equal((await app.inject({ url: '/me', headers })).statusCode, 200)
})

test('a header without a token is rejected with any bytes', async t => {
  for (const key of [{ secret: AUTH_SECRET }, (await makeIssuer(t)).auth.key]) {
    const app = await makeApp(t, { auth: { key } })
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const [header, payload] = [base64({ alg: 'HS256' }), base64({ sub: 'alice' })]
    for (const token of [
      '\xe9',
      '..',
      'a.b.c',
      '%00',
      `${header}.${payload}.\xff`,
      `${header}..`,
      'x'.repeat(10_000),
    ]) {
      const answer = await sendRaw(url, rawRequest('GET', '/me', [`Authorization: Bearer ${token}`]))
      t.equal(answer.status, 401, escape(token.slice(0, 50)))
    }
  }
})
