import { test } from 'tap'
import { startGateway } from '../support/gateway.ts'

const built = { 'index.html': '<title>Daybook</title>', assets: { 'main-3f2a.js': 'run()' } }

test('each page of the console is index.html, which is never taken from a cache; a file with a hash is kept for ever', async t => {
  const { url } = await startGateway(
    t,
    {},
    { console: { dir: t.testdir(built), oidc: null, origins: [], timeZone: 'UTC', version: '1' } },
  )
  for (const path of ['/', '/ui', '/ui/', '/ui/runs/1?failed', '/ui/index.html']) {
    const answer = await fetch(url + path)
    t.equal(await answer.text(), built['index.html'], path)
    t.match(answer.url, /\/ui\//)
    t.equal(answer.headers.get('cache-control'), 'no-cache')
    t.equal(answer.headers.get('content-type'), 'text/html; charset=utf-8')
  }
  const script = await fetch(`${url}/ui/assets/main-3f2a.js`)
  t.equal(await script.text(), 'run()')
  t.equal(script.headers.get('cache-control'), 'public, max-age=31536000, immutable')
})

test('a missing file of the console, and a path out of its folder, are not found', async t => {
  const dir = t.testdir({ secret: 'x', dist: built })
  const console = { dir: `${dir}/dist`, oidc: null, origins: [], timeZone: 'UTC', version: '1' }
  const { url } = await startGateway(t, {}, { console })
  const old = await fetch(`${url}/ui/assets/main-old.js`)
  t.equal(old.status, 404)
  t.match(await old.json(), { detail: /load the page again/ })
  t.equal(await (await fetch(`${url}/ui/..%2fsecret`)).text(), built['index.html'])
})

test('a console that is not built says how to build it', async t => {
  const { url } = await startGateway(
    t,
    {},
    { console: { dir: t.testdir(), oidc: null, origins: [], timeZone: 'UTC', version: '1' } },
  )
  t.match(await (await fetch(`${url}/ui/`)).json(), {
    status: 404,
    detail: /npm run -w @daybook\/console build/,
  })
})

test('the policy of the console allows requests to the issuer and its other origins only, and config.json names it', async t => {
  const oidc = { issuer: 'https://id.example.org/realms/x', clientId: 'daybook', scope: 'openid' }
  const console = {
    dir: t.testdir(built),
    oidc,
    origins: ['https://token.example.org'],
    timeZone: 'UTC',
    version: '1.2.3',
  }
  const { url } = await startGateway(t, {}, { console })
  const { headers } = await fetch(`${url}/ui/`)
  t.equal(
    headers.get('content-security-policy'),
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;connect-src 'self' https://id.example.org https://token.example.org;base-uri 'none';form-action 'none';frame-ancestors 'none'",
  )
  t.equal(headers.get('referrer-policy'), 'no-referrer')
  t.equal(headers.get('x-content-type-options'), 'nosniff')
  t.strictSame(await (await fetch(`${url}/ui/config.json`)).json(), {
    oidc,
    timeZone: 'UTC',
    version: '1.2.3',
  })
  t.notMatch((await fetch(`${url}/docs`)).headers.get('content-security-policy'), 'id.example.org')
})
