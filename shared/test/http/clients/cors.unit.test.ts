import { test } from 'tap'
import { asAlice, makeApp } from '../make-app.ts'

const origin = 'https://app.example'
const preflight = (from = origin) => ({
  method: 'OPTIONS' as const,
  url: '/notes',
  headers: { origin: from, 'access-control-request-method': 'POST' },
})

test('pages of other origins may not call a service without the setting', async t => {
  const app = await makeApp(t)
  t.equal((await app.inject(preflight())).statusCode, 405)
  const { headers } = await app.inject({ url: '/me', headers: { ...(await asAlice()), origin } })
  t.notHas(headers, { 'access-control-allow-origin': String })
})

test('a preflight needs no token, and names what pages of the listed origins may send', async t => {
  const app = await makeApp(t, { clients: { origins: `https://other.example,${origin}` } })
  const { statusCode, headers } = await app.inject(preflight())
  t.equal(statusCode, 204)
  t.match(headers, { 'access-control-allow-origin': origin, vary: /origin/i })
  for (const method of ['GET', 'POST', 'PATCH', 'DELETE'])
    t.match(headers['access-control-allow-methods'], method)
  for (const name of ['authorization', 'if-match', 'idempotency-key', 'prefer', 'traceparent'])
    t.match(headers['access-control-allow-headers'], name)
  const other = await app.inject(preflight('https://evil.example'))
  t.not(other.headers['access-control-allow-origin'], 'https://evil.example')
})

test('answers and problems show their headers to pages of the listed origins', async t => {
  const app = await makeApp(t, { clients: { origins: origin } })
  for (const headers of [{ origin, ...(await asAlice()) }, { origin }]) {
    const answer = await app.inject({ url: '/me', headers })
    t.equal(answer.headers['access-control-allow-origin'], origin)
    for (const name of ['etag', 'location', 'ratelimit', 'retry-after'])
      t.match(answer.headers['access-control-expose-headers'], name)
  }
  t.equal((await app.inject({ url: '/nowhere', headers: { origin } })).statusCode, 404)
})

test('* allows pages of all origins', async t => {
  const app = await makeApp(t, { clients: { origins: '*' } })
  t.equal((await app.inject(preflight())).headers['access-control-allow-origin'], '*')
})
