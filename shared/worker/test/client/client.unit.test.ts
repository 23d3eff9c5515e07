import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { request } from '../../src/client/request.ts'
import { client } from '../../src/index.ts'

interface Asked {
  method: string | undefined
  url: string | undefined
  headers: IncomingMessage['headers']
  body: unknown
}

type Reply = { status: number; body?: unknown; etag?: string } | 'broken'

/** Starts a server that gives these answers in order; `broken` closes the connection without one. */
async function serve(t: Test, replies: Reply[]): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    const sent = await text(request)
    const { method, url, headers } = request
    asked.push({ method, url, headers, body: sent === '' ? undefined : JSON.parse(sent) })
    const reply = replies.shift() ?? { status: 500 }
    if (reply === 'broken') return request.socket.destroy()
    response.writeHead(reply.status, { 'content-type': 'application/json', etag: reply.etag ?? '"0"' })
    response.end(reply.body === undefined ? undefined : JSON.stringify(reply.body))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => server.close())
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

t.test('a job is added once, however often the connection breaks', async t => {
  const { url, asked } = await serve(t, ['broken', { status: 503 }, { status: 202, body: { id: 'j' } }])
  t.equal(await client({ url, token: 'secret' }).add('ship', { order: 1 }, { in: 'PT5M', key: 'k' }), 'j')
  t.match(asked[0], {
    method: 'POST',
    url: '/jobs',
    headers: { authorization: 'Bearer secret' },
    body: { kind: 'ship', data: { order: 1 }, in: 'PT5M', key: 'k' },
  })
  const keys = asked.map(({ headers }) => headers['idempotency-key'])
  t.equal(keys.length, 3)
  t.equal(new Set(keys).size, 1)
})

t.test('an answer that refuses the request is an error with its code', async t => {
  const type = 'urn:daybook:error:DAYBOOK_JOB_CONFLICT'
  const body = { type, title: 'Conflict', detail: 'The id stands for another request' }
  const { url } = await serve(t, [{ status: 409, body }])
  await t.rejects(client({ url, token: 'x' }).add('ship'), {
    name: 'RequestRefused',
    status: 409,
    code: 'DAYBOOK_JOB_CONFLICT',
    message: 'The id stands for another request',
  })
})

t.test('a scheduler that cannot be reached is named, with the reason', async t => {
  const { url } = await serve(t, ['broken'])
  await t.rejects(request({ url, token: 'x' }, '/jobs', { patienceMs: -1 }), {
    message: `The scheduler at ${url} can't be reached: UND_ERR_SOCKET`,
  })
})

t.test('waiting asks until the job has ended, and says what it knows', async t => {
  const { url, asked } = await serve(t, [
    { status: 200, body: { id: 'a b', state: 'running' }, etag: '"1"' },
    { status: 304, etag: '"1"' },
    { status: 200, body: { id: 'a b', state: 'succeeded', result: 7 }, etag: '"2"' },
  ])
  t.match(await client({ url, token: 'x' }).wait('a b'), { state: 'succeeded', result: 7 })
  t.strictSame(
    asked.map(({ url, headers }) => [url, headers['if-none-match']]),
    [
      ['/jobs/a%20b', undefined],
      ['/jobs/a%20b', '"1"'],
      ['/jobs/a%20b', '"1"'],
    ],
  )
})

t.test('waiting ends at its timeout', async t => {
  const { url } = await serve(t, Array(50).fill({ status: 200, body: { state: 'running' } }))
  await t.rejects(client({ url, token: 'x' }).wait('j', { timeout: 10 }), { name: 'TimeoutError' })
})

t.test('jobs are added as a group, and cancelled', async t => {
  const { url, asked } = await serve(t, [
    { status: 202, body: { group: 'g', jobs: ['j1', 'j2'] } },
    { status: 200, body: { answer: 'asked' } },
  ])
  const { addAll, cancel } = client({ url, token: 'x' })
  const jobs = [{ kind: 'ship' }, { kind: 'pack' }]
  t.strictSame(await addAll(jobs, { kind: 'sum' }), { group: 'g', jobs: ['j1', 'j2'] })
  t.equal(await cancel('j1'), 'asked')
  t.match(asked, [
    { url: '/jobs/batch', body: { jobs, then: { kind: 'sum' } } },
    { method: 'POST', url: '/jobs/j1/cancel' },
  ])
})

t.test('the results of a group are read page by page', async t => {
  const page = (job: string, nextCursor: string | null) => ({
    status: 200,
    body: { results: [{ job, kind: 'ship', state: 'succeeded', result: 1 }], nextCursor },
  })
  const { url, asked } = await serve(t, [page('a', 'next page'), page('b', null)])
  const results = await client({ url, token: 'x' }).results('g:1')
  t.strictSame(
    results.map(({ job }) => job),
    ['a', 'b'],
  )
  t.strictSame(
    asked.map(one => one.url),
    ['/groups/g%3A1/results?limit=100', '/groups/g%3A1/results?limit=100&cursor=next%20page'],
  )
})
