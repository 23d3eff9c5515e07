import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { type Test, test } from 'tap'
import type { AuthOptions } from '../../src/http/index.ts'
import { stopTime } from '../support/index.ts'
import { bearer, makeApp, signed } from './make-app.ts'

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

test('a good token says who asks, in the default time zone', async t => {
  const { status, body } = await me(t, bearer(await signed({})))
  t.equal(status, 200)
  t.strictSame(body, { id: 'alice', timeZone: 'Europe/Berlin', admin: false })
})

test('without a token nothing is answered', async t => {
  await refused(t, {}, /Send a token/)
  await refused(t, { authorization: `Basic ${btoa('alice:secret')}` }, /Send a token/)
  await refused(t, { authorization: 'Bearer' }, /Send a token/)
})

test('a token of another secret, one changed afterwards and plain text are refused', async t => {
  await refused(t, bearer(await signed({}, 'another secret of more than 32 characters')), /signature/)
  const [header, , signature] = (await signed({})).split('.')
  await refused(t, bearer(`${header}.${base64({ sub: 'bob' })}.${signature}`), /signature/)
  await refused(t, bearer('let-me-in'), /refused/)
})

test('a token without a signature is refused, whatever algorithm it claims', async t => {
  for (const alg of ['none', 'HS256', 'RS256']) {
    await refused(t, bearer(`${base64({ alg })}.${base64({ sub: 'alice' })}.`), /refused/)
  }
})

test('a token is good from its time to its time', async t => {
  const now = Math.floor(Date.now() / 1000)
  await refused(t, bearer(await signed({ exp: now - 1 })), /exp/)
  await refused(t, bearer(await signed({ nbf: now + 600 })), /nbf/)
})

test('a token that was found good is refused once it has expired', async t => {
  const time = stopTime(t)
  const app = await makeApp(t)
  const headers = bearer(await signed({}))
  for (const _ of [1, 2]) t.equal((await app.inject({ url: '/me', headers })).statusCode, 200)
  await time.pass(61_000)
  t.equal((await app.inject({ url: '/me', headers })).statusCode, 401)
})

test('sub is 1 to 255 characters of well-formed text', async t => {
  for (const sub of ['', 'x'.repeat(256), 'a\ud800', undefined, 7]) {
    await refused(t, bearer(await signed({ sub })), /sub/)
  }
  for (const sub of ['x'.repeat(255), '💐', '../../etc/passwd', 'a b']) {
    t.equal((await me(t, bearer(await signed({ sub })))).body.id, sub)
  }
})

test('zoneinfo is kept by its current IANA name', async t => {
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

test('a zoneinfo that is no time zone is refused: a wrong day is worse than none', async t => {
  for (const zoneinfo of ['Mars/Olympus', '+02:00', '', 'BST', 'NST', 7, ['Europe/Berlin']]) {
    await refused(t, bearer(await signed({ zoneinfo })), /IANA time zone/)
  }
})

test('only a scope that holds the word admin opens what is for admins', async t => {
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
  t.equal((await app.inject('/admin')).statusCode, 401, 'who asks is asked first')
})

test('issuer and audience are checked where they are set', async t => {
  const auth = { issuer: 'https://issuer.example', audience: 'daybook' }
  await refused(t, bearer(await signed({ iss: auth.issuer })), /aud/, auth)
  await refused(t, bearer(await signed({ iss: 'https://else.example', aud: 'daybook' })), /iss/, auth)
  t.equal((await me(t, bearer(await signed({ iss: auth.issuer, aud: 'daybook' })), auth)).status, 200)
})

test("the issuer's public keys check tokens, and are never taken for a secret", async t => {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid: '1', alg: 'RS256' }
  const issuer = createServer((_, response) => response.end(JSON.stringify({ keys: [jwk] })))
  await new Promise<void>(resolve => issuer.listen(0, '127.0.0.1', resolve))
  t.teardown(() => issuer.close())
  const auth = { key: { jwksUrl: `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/` } }
  const jwt = new SignJWT({ sub: 'alice' }).setExpirationTime('1m')
  const good = await jwt.setProtectedHeader({ alg: 'RS256', kid: '1' }).sign(privateKey)
  t.equal((await me(t, bearer(good), auth)).status, 200)
  await refused(t, bearer(await signed({}, JSON.stringify(jwk))), /refused/, auth)
})
