import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import { client, token, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { EventBuffer } from '../../src/events/event-buffer.ts'
import { type EventHub, makeHub } from '../../src/events/event-hub.ts'
import type { Position } from '../../src/events/position.ts'
import { ALL, begin, event, openHub, parse } from '../support/events.ts'
import { startGateway } from '../support/gateway.ts'

async function open(t: Test) {
  const { hub } = openHub()
  const { url, app } = await startGateway(t, {}, { events: { hub: () => hub } })
  return { hub, url, app }
}

/** Follows the events as a client does. */
async function follow(url: string, bearer: string, headers: Record<string, string> = {}) {
  const request = get(`${url}/events`, { headers: { ...headers, authorization: `Bearer ${bearer}` } })
  const [answer] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  answer.on('data', bytes => {
    text += bytes
  })
  answer.on('error', () => undefined)
  const received = () => parse(text.slice(0, text.lastIndexOf('\n\n') + 2))
  return { answer, received, leave: () => request.destroy() }
}

test('a stream begins at once, carries events as they happen, and is not kept by proxies', async t => {
  const { hub, url } = await open(t)
  const { answer, received } = await follow(url, await token('ada'))
  t.match(answer.headers, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  await until('it begins', () => received().length === 1)
  hub.publish(event(0, 0))
  await until('the event is there', () => received().length === 2)
  t.match(received()[1], { event: 'TaskCreated', id: '1.0~0~0~0' })
  const again = await follow(url, await token('ada'), { 'last-event-id': '0.0~0~0~0' })
  await until('the event is there again', () => again.received().length === 2)
})

test('the recent events are answered as JSON, to each person their own', async t => {
  const { hub, url } = await open(t)
  hub.publish(event(0, 0))
  hub.publish(event(0, 1, { user: 'bob' }))
  const recent = async (who: string, query = '') =>
    (await client(url, await token(who))<{ since: string; events: unknown[] }>(`/events/recent${query}`)).body
  const { since, events } = await recent('ada')
  t.strictSame(events, ['0/0'])
  t.ok(Date.parse(since) <= Date.now())
  t.strictSame((await recent('eve')).events, [])
  t.match(await recent('ada', '?limit=0'), { status: 400 })
  t.equal((await fetch(`${url}/events/recent`)).status, 401)
})

test('a user has a hundred streams at most, and another user has places of their own', async t => {
  const { hub, url } = await open(t)
  const bearer = await token('ada')
  const streams = await Promise.all(Array.from({ length: 100 }, () => follow(url, bearer)))
  const { headers, ...refusal } = await client(url, bearer)('/events')
  t.match(refusal, {
    status: 429,
    body: { type: 'urn:daybook:error:DAYBOOK_TOO_MANY_REQUESTS', detail: /^You have 100 streams/ },
  })
  t.equal(headers.get('retry-after'), '5')
  const other = await follow(url, await token('bob'))
  t.equal(other.answer.statusCode, 200)
  streams[0]?.leave()
  await until('a place is free', () => hub.size() === 100)
  t.equal((await follow(url, bearer)).answer.statusCode, 200)
})

test('a stream ends with its token, and says so', async t => {
  const { hub, url } = await open(t)
  const { answer, received } = await follow(url, await token('ada', { expires: '2s' }))
  await until('it has ended', () => answer.complete)
  t.match(received().at(-1), { event: 'end', data: { reason: 'token-expired' } })
  await until('it is forgotten', () => hub.size() === 0)
})

test('a closing gateway ends its streams with the reason, also that of a client which does not read', async t => {
  const { hub, url, app } = await open(t)
  const bearer = await token('ada')
  const streams = await Promise.all(Array.from({ length: 10 }, () => follow(url, bearer)))
  streams[0]?.answer.pause()
  hub.publish({ ...event(0, 0), lines: Buffer.alloc(8_000_000, 'x') })
  await until('the others are sent', () => streams.slice(1).every(({ received }) => received().length >= 1))
  await app.close()
  await until('all are forgotten', () => hub.size() === 0)
})

test('a client that leaves is forgotten', async t => {
  const { hub, url } = await open(t)
  const { leave } = await follow(url, await token('ada'))
  t.equal(hub.size(), 1)
  leave()
  await until('it is forgotten', () => hub.size() === 0)
})

test('a client that leaves while Kafka is asked for its position is forgotten', async t => {
  const asked = Promise.withResolvers<Position>()
  const hub = makeHub(new EventBuffer(begin, ALL), () => asked.promise)
  let opened = 0
  const open: EventHub['open'] = async (...args) => {
    const subscription = await hub.open(...args)
    opened += 1
    return subscription
  }
  const { url, app } = await startGateway(t, {}, { events: { hub: () => ({ ...hub, open }) } })
  let left = false
  app.server.once('connection', socket => {
    socket.once('close', () => {
      left = true
    })
  })
  const headers = { authorization: `Bearer ${await token('ada')}`, 'last-event-id': '5.0~0~0~0' }
  const request = get(`${url}/events`, { headers }).on('error', () => undefined)
  await once(app.server, 'request')
  request.destroy()
  await until('the gateway sees that it has left', () => left)
  asked.resolve(begin)
  await until('its stream is opened', () => opened === 1)
  await until('it is forgotten', () => hub.size() === 0)
})

test('without a token there is no stream, and before the events are read there is none yet', async t => {
  const { url } = await startGateway(t)
  t.equal((await fetch(`${url}/events`)).status, 401)
  const early = await client(url, await token('ada'))('/events')
  t.match(early, { status: 503, body: { type: 'urn:daybook:error:DAYBOOK_EVENTS_UNAVAILABLE' } })
})
