import { test } from 'tap'
import { Type } from 'typebox'
import { asAlice, makeApp } from './make-app.ts'

test('the OpenAPI document and its page are public', async t => {
  const app = await makeApp(t)
  const answer = await app.inject('/docs/json')
  t.match(answer.json(), {
    openapi: '3.1.0',
    info: { title: 'Test' },
    security: [{ bearer: [] }],
    paths: { '/notes': { post: { requestBody: {}, responses: { 400: {}, 500: {} } } } },
  })
  const page = await app.inject('/docs')
  t.equal(page.statusCode, 200)
  t.match(page.headers['content-type'], 'text/html')
})

test('the document says that health needs no token', async t => {
  const { paths } = (await (await makeApp(t)).inject('/docs/json')).json()
  t.strictSame(paths['/health/ready'].get.security, [])
})

test('a path that only begins like /docs is not public', async t => {
  const app = await makeApp(t)
  app.get('/docsecret', async () => 'secret')
  t.equal((await app.inject('/docsecret')).statusCode, 401)
})

test('metrics are public, and count requests by route, not by path', async t => {
  const app = await makeApp(t)
  for (const id of ['1', '2']) await app.inject({ url: `/by/${id}`, headers: await asAlice() })
  await app.inject('/nowhere')
  const { body, headers } = await app.inject('/metrics')
  t.match(headers['content-type'], 'text/plain')
  t.match(body, 'daybook_http_request_seconds_count{method="GET",route="/by/:name",status="200"} 2')
  t.match(body, 'daybook_http_request_seconds_count{method="GET",route="none",status="404"} 1')
  t.notMatch(body, '/nowhere')
})

test('an answer without a body has no length', async t => {
  const app = await makeApp(t)
  const schema = { response: { 304: Type.Null(), 204: Type.Null(), 200: Type.Null() } }
  app.get('/same', { schema }, async (_request, reply) => reply.code(304).send(null))
  app.get('/gone', { schema }, async (_request, reply) => reply.code(204).send(null))
  app.get('/null', { schema }, async (_request, reply) => reply.code(200).send(null))
  const lengthOf = async (url: string) =>
    (await app.inject({ url, headers: await asAlice() })).headers['content-length']
  t.equal(await lengthOf('/same'), undefined)
  t.equal(await lengthOf('/gone'), undefined)
  t.equal(await lengthOf('/null'), '4')
})
