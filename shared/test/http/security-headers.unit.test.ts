import { test } from 'tap'
import { asAlice, makeApp } from './make-app.ts'

test('every answer has the security headers', async t => {
  const app = await makeApp(t)
  const headers = await asAlice()
  for (const url of [
    '/me',
    '/nowhere',
    '/list?limit=x',
    '/by/',
    '/health/live',
    '/metrics',
    '/docs',
    '/docs/json',
  ]) {
    const answer = await app.inject({ url, headers })
    t.match(answer.headers, {
      'content-security-policy': /default-src 'none';.*frame-ancestors 'none'/,
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
    })
  }
  t.equal((await app.inject('/me')).headers['x-content-type-options'], 'nosniff', 'without a token too')
})

test('no header tells a browser to use HTTPS: services speak HTTP', async t => {
  const { headers } = await (await makeApp(t)).inject('/docs')
  t.equal(headers['strict-transport-security'], undefined)
  t.notMatch(headers['content-security-policy'], 'upgrade-insecure-requests')
})

test('the page at /docs loads everything from the service, as the policy requires', async t => {
  const app = await makeApp(t)
  const { body } = await app.inject('/docs')
  const links = [...body.matchAll(/<(?:script|link)[^>]*?(?:src|href)="([^"]*)"/g)].map(
    ([, link]) => `${link}`,
  )
  t.ok(links.length >= 5, links.join(' '))
  for (const link of links) {
    const url = new URL(link, 'http://daybook/docs')
    t.equal(url.host, 'daybook', link)
    t.equal((await app.inject(url.pathname)).statusCode, 200, link)
  }
  for (const [script] of body.matchAll(/<script[^>]*>/g))
    t.match(script, /src="/, 'the page has no inline script')
  t.notMatch(body, /<style|\sstyle=|\son\w+=|javascript:/, 'the page has no inline styles or event handlers')
})
