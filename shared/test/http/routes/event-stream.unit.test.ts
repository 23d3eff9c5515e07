import { connect } from 'node:net'
import { type Test, test } from 'tap'
import { DaybookError } from '../../../src/failures/errors.ts'
import { eventStreams, type Followed } from '../../../src/http/routes/event-stream.ts'
import { until } from '../../support/index.ts'
import { asAlice, makeApp } from '../make-app.ts'

const FAST = { ask: 5, beat: 20 }

/** A server with the stream /progress of a state, which the test changes. */
async function makeProgress(t: Test, { times = FAST, limit = 10 } = {}) {
  const app = await makeApp(t)
  const follow = eventStreams(app, times, limit)
  const now: { followed: Followed | Error; reads: number } = {
    followed: { state: { done: 0 }, ended: false },
    reads: 0,
  }
  app.get('/progress', async (request, reply) =>
    follow(request, reply, async () => {
      now.reads += 1
      if (now.followed instanceof Error) throw now.followed
      return now.followed
    }),
  )
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const get = async (headers = {}) =>
    fetch(`${url}/progress`, { headers: { ...(await asAlice()), ...headers } })
  return { app, now, get, url }
}

/** Reads a stream until it has a text, or ends. @returns everything read */
async function readUntil(answer: Response, text?: string): Promise<string> {
  const decoder = new TextDecoder()
  let read = ''
  for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
    read += decoder.decode(chunk, { stream: true })
    if (text !== undefined && read.includes(text)) return read
  }
  return read
}

test('each state is an event, and the last one ends the stream', async t => {
  const { now, get } = await makeProgress(t)
  const answer = await get()
  t.equal(answer.headers.get('content-type'), 'text/event-stream')
  t.equal(answer.headers.get('cache-control'), 'no-store')
  t.ok(answer.headers.get('x-content-type-options'), 'with the security headers')
  const reads = now.reads
  await until('the state is read again', () => now.reads > reads + 2)
  now.followed = { state: { done: 1 }, ended: true }
  const events = (await readUntil(answer)).split('\n\n').filter(one => one !== '' && !one.startsWith(':'))
  t.strictSame(events, ['event: state\ndata: {"done":0}', 'event: state\nid: last\ndata: {"done":1}'])
  t.equal((await get({ 'last-event-id': 'last' })).status, 204, 'a client that has it need not come again')
  t.match(await readUntil(await get()), 'id: last', 'others get it')
})

test('a stream without news gets comments, and an outage only pauses it', async t => {
  const { now, get } = await makeProgress(t)
  const answer = await get()
  now.followed = Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
  const reads = now.reads
  await until('the outage is seen', () => now.reads > reads + 2)
  t.match(await readUntil(answer, ': nothing'), /data: \{"done":0\}\n\n: nothing has changed\n\n/)
})

test('an error before the first state is a problem', async t => {
  const { now, get } = await makeProgress(t)
  now.followed = new DaybookError('DAYBOOK_RUN_NOT_FOUND', 'There is no such run')
  t.equal((await get()).status, 404)
})

test('a client that leaves costs nothing more', async t => {
  const { now, url } = await makeProgress(t)
  const { authorization } = await asAlice()
  const { port } = new URL(url)
  const client = connect(Number(port), '127.0.0.1')
  client.write(`GET /progress HTTP/1.1\r\nHost: a\r\nAuthorization: ${authorization}\r\n\r\n`)
  await until('the state is read', () => now.reads > 2)
  client.destroy()
  let reads = -1
  await until('the state is read no more', () => {
    const same = reads === now.reads
    reads = now.reads
    return same
  })
})

test('a server that closes ends its streams', async t => {
  const { app, get } = await makeProgress(t, { times: { ask: 60_000, beat: 60_000 } })
  const answer = await get()
  const closed = app.close()
  t.match(await readUntil(answer), /data: \{"done":0\}\n\n$/)
  await closed
})

test('a stream above the limit has only the state, and its client comes back', async t => {
  const { get } = await makeProgress(t, { limit: 0 })
  t.equal(await readUntil(await get()), 'event: state\ndata: {"done":0}\n\n')
})
