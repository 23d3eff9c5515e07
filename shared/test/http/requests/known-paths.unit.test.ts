import { METHODS } from 'node:http'
import { test } from 'tap'
import { Type } from 'typebox'
import { rawRequest, sendRaw } from '../../support/index.ts'
import { asAlice, makeApp } from '../make-app.ts'

test('a method that a path does not have is 405, and Allow lists the methods of the path', async t => {
  const app = await makeApp(t)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  for (const method of METHODS) {
    if (['GET', 'HEAD', 'CONNECT'].includes(method)) continue
    for (const target of ['/me', '/me?a=b', '/by/x', '/health/live', '/docs', '/docs/json']) {
      const { status, headers, body } = await sendRaw(url, rawRequest(method, target, []))
      t.match({ status, headers }, { status: 405, headers: { allow: 'GET, HEAD' } }, `${method} ${target}`)
      t.match(JSON.parse(body), { type: 'urn:daybook:error:DAYBOOK_METHOD_NOT_ALLOWED', status: 405 })
    }
  }
  const answers = await Promise.all(
    ['GET', 'HEAD', 'PUT'].map(method => sendRaw(url, rawRequest(method, '/done', []))),
  )
  t.strictSame(
    answers.map(({ status, headers }) => [status, headers.allow]),
    Array.from({ length: 3 }, () => [405, 'DELETE, POST']),
  )
})

test('an unknown method is rejected', async t => {
  const app = await makeApp(t)
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.match(await sendRaw(url, rawRequest('BREW', '/me', [])), { status: 400, body: /The method is unknown/ })
  t.match(await sendRaw(url, rawRequest('CONNECT', 'example.org:80', [])), {
    status: 405,
    headers: { allow: '' },
  })
})

test('a path with an empty parameter is unknown, for any method', async t => {
  const app = await makeApp(t)
  for (const method of ['GET', 'HEAD', 'POST', 'DELETE'] as const) {
    const answer = await app.inject({ method, url: '/by/' })
    t.equal(answer.statusCode, 404, method)
    t.equal(answer.headers.allow, undefined)
  }
  t.match((await app.inject('/by/?name=x')).json(), { type: 'urn:daybook:error:DAYBOOK_ROUTE_NOT_FOUND' })
})

test('the schema of a route checks a path parameter of any length', async t => {
  const app = await makeApp(t)
  app.get(
    '/short/:name',
    { schema: { params: Type.Object({ name: Type.String({ maxLength: 100 }) }) } },
    () => 'ok',
  )
  const headers = await asAlice()
  for (const length of [101, 1000, 10_000]) {
    const answer = await app.inject({ url: `/short/${'x'.repeat(length)}`, headers })
    t.match(answer.json(), { status: 400, errors: [{ pointer: '/params/name' }] }, `${length} characters`)
  }
})
