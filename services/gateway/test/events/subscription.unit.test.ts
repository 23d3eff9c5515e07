import type { User } from '@daybook/shared/http'
import { seededRandom, stopTime } from '@daybook/shared/testing'
import { test } from 'tap'
import type { Audience } from '../../src/events/audience.ts'
import { EventBuffer } from '../../src/events/event-buffer.ts'
import { type EventHub, makeHub } from '../../src/events/event-hub.ts'
import type { Subscription } from '../../src/events/subscription.ts'
import { ALL, begin, event, openHub, parse, type Received, user } from '../support/events.ts'

/** Takes what a stream has now. */
async function take(subscription: Subscription): Promise<Received[]> {
  const text: string[] = []
  subscription.end('closing')
  for await (const chunk of subscription.chunks()) text.push(String(chunk))
  return parse(text.join(''))
}

const dataOf = (received: Received[]) =>
  received.filter(({ event }) => event === 'TaskCreated').map(({ data }) => data)

test('a client that comes back gets what it missed, each event once and those of a partition in order, from any process', async t => {
  const random = seededRandom(t)
  for (let round = 0; round < 200; round += 1) {
    // Two processes read the same records, each in its own order of partitions, and one may be behind the other.
    const ends = [[0, 0], [0], [0], [0]]
    const processes = [0, 1].map(() => ({ ...openHub(ALL, ends), read: [0, 0] }))
    const got: unknown[] = []
    let id: string | undefined
    const visit = async (hub: EventHub) => {
      const received = await take(await hub.open(user('ada'), id ?? '0.0~0~0~0'))
      got.push(...dataOf(received))
      t.notOk(received.some(one => one.event === 'reset'))
      id = received.findLast(one => one.id !== undefined)?.id
    }
    for (let step = 0; step < 20; step += 1) {
      const { hub, read } = processes[random(2)] as (typeof processes)[number]
      for (let n = random(6); n > 0; n -= 1) {
        const partition = random(2)
        const offset = read[partition] ?? 0
        read[partition] = offset + 1
        ends[0] = (ends[0] ?? []).map((end, i) => (i === partition ? Math.max(end, offset + 1) : end))
        hub.publish(event(partition, offset, { user: offset % 3 === 0 ? 'bob' : 'ada' }))
      }
      await visit((processes[random(2)] as (typeof processes)[number]).hub)
    }
    for (const { hub } of processes) await visit(hub)
    for (const partition of [0, 1]) {
      const offsets = Array.from({ length: ends[0]?.[partition] ?? 0 }, (_, offset) => offset)
      const expected = offsets.filter(offset => offset % 3 !== 0).map(offset => `${partition}/${offset}`)
      const seen = got.filter(data => String(data).startsWith(`${partition}/`))
      if (seen.join() !== expected.join()) t.strictSame(seen, expected, `round ${round}`)
    }
  }
})

test('a client without an id gets what happens from now on, and can come back before its first event', async t => {
  const { hub } = openHub()
  hub.publish(event(0, 0))
  const received = await take(await hub.open(user('ada'), undefined))
  t.match(received, [{ event: 'position', id: '1.0~0~0~0' }, { event: 'end' }])
  hub.publish(event(0, 1))
  t.strictSame(dataOf(await take(await hub.open(user('ada'), received[0]?.id))), ['0/1'])
})

test('a client whose id is older than the buffer, is no id, or is after the end of a topic must read everything again', async t => {
  const { hub } = openHub({ bytes: 1000, milliseconds: 1e9 }, [[10, 0], [0], [0], [0]])
  for (let offset = 0; offset < 10; offset += 1) hub.publish(event(0, offset))
  const reset = async (id: string) => (await take(await hub.open(user('ada'), id)))[0]
  const here = 'a.0~0~0~0'
  t.match(await reset('1.0~0~0~0'), { event: 'reset', data: { reason: 'too-old' }, id: here })
  t.match(await reset('?'), { event: 'reset', data: { reason: 'unreadable' }, id: here })
  t.match(await reset('b.0~0~0~0'), { event: 'reset', data: { reason: 'unreadable' }, id: here })
  t.match(await reset(here), { event: 'position', id: here })
})

test('Kafka is asked once for all clients whose positions are unknown', async t => {
  let asked = 0
  const hub = makeHub(new EventBuffer(begin, ALL), async () => {
    asked += 1
    return [[7, 0], [0], [0], [0]]
  })
  const open = (id: string) => hub.open(user('ada'), id)
  const streams = await Promise.all(['7.0~0~0~0', '8.0~0~0~0', ...Array(20).fill('9.0~0~0~0')].map(open))
  t.equal(asked, 1)
  const [known, unknown] = await Promise.all(streams.slice(0, 2).map(take))
  t.match(known, [{ event: 'position', id: '7.0~0~0~0' }, { event: 'end' }])
  t.match(unknown, [{ event: 'reset', data: { reason: 'unreadable' } }, { event: 'end' }])
  await open('9.0~0~0~0')
  t.equal(asked, 2, 'a client that comes later is not answered from before')
})

test('events are forgotten by age', async t => {
  const { hub, buffer } = openHub({ bytes: 1e9, milliseconds: 900_000 })
  hub.publish({ ...event(0, 0), time: Date.now() - 1_000_000 })
  t.equal(buffer.bytes, 0)
  hub.publish(event(0, 1))
  t.match((await take(await hub.open(user('ada'), '0.0~0~0~0')))[0], { event: 'reset' })
  t.strictSame(dataOf(await take(await hub.open(user('ada'), '1.0~0~0~0'))), ['0/1'])
})

test('a client that does not read costs nothing beside the buffer, and must read everything again', async t => {
  const { hub, buffer } = openHub({ bytes: 100_000, milliseconds: 1e9 })
  const subscription = await hub.open(user('ada'), undefined)
  const chunks = subscription.chunks()
  await chunks.next()
  for (let offset = 0; offset < 100_000; offset += 1) hub.publish(event(0, offset))
  t.ok(buffer.bytes <= 100_000)
  const { value } = await chunks.next()
  t.match(parse(String(value)), [{ event: 'reset', data: { reason: 'too-old' } }])
})

test('a client that reads slowly gets nothing after its token has expired', async t => {
  const { hub } = openHub()
  const stream = await hub.open(user('ada'), undefined)
  const chunks = stream.chunks()
  await chunks.next()
  for (let offset = 0; offset < 10_000; offset += 1) hub.publish(event(0, offset))
  t.match(String((await chunks.next()).value), '"0/0"')
  stream.end('token-expired')
  const { value } = await chunks.next()
  t.match(parse(String(value)), [{ event: 'end', data: { reason: 'token-expired' } }])
  t.ok((await chunks.next()).done)
})

test('a quiet stream gets a comment every 15 seconds, and every minute its position', async t => {
  const time = stopTime(t)
  const { hub } = openHub()
  const stream = await hub.open(user('ada'), undefined)
  const chunks: string[] = []
  const reading = (async () => {
    for await (const chunk of stream.chunks()) chunks.push(String(chunk))
  })()
  const next = async (ms: number) => {
    await time.pass(ms)
    return chunks.splice(0)
  }
  t.match(parse((await next(0)).join('')), [{ event: 'position', id: '0.0~0~0~0' }])
  hub.publish(event(0, 0, { user: 'bob' }))
  t.strictSame(await next(14_999), [])
  t.strictSame(await next(1), [': beat\n\n'])
  for (const _ of [2, 3]) t.strictSame(await next(15_000), [': beat\n\n'])
  t.match(parse((await next(15_000)).join('')), [{ event: 'position', id: '1.0~0~0~0' }])
  t.strictSame(await next(15_000), [': beat\n\n'])
  hub.close(stream)
  await reading
  t.strictSame(await next(60_000), [], 'a closed stream gets none')
})

test('a person gets their own events, an admin gets all, in the same stream of events', async t => {
  const { hub } = openHub()
  const people = [
    user('bob'),
    user('ada'),
    user('op', { admin: true }),
    user('tom', { timeZone: 'Asia/Tokyo' }),
  ]
  const audiences: Audience[] = [{ user: 'ada' }, 'admins', { timeZone: 'Asia/Tokyo' }]
  const streams = await Promise.all(people.map(one => hub.open(one, undefined)))
  const reading = streams.map(stream => {
    const seen: Received[] = []
    const read = async () => {
      for await (const chunk of stream.chunks()) seen.push(...parse(String(chunk)))
      return seen
    }
    return read()
  })
  for (const [offset, audience] of audiences.entries()) {
    await new Promise(setImmediate)
    hub.publish({
      ...event(0, offset, audience),
      linesForPeople: Buffer.from(`event: TaskCreated\ndata: "less"\n`),
    })
  }
  hub.end('closing')
  const seen = (await Promise.all(reading)).map(dataOf)
  t.strictSame(seen, [[], ['less'], ['0/0', '0/1', '0/2'], ['less']])
})

test('the recent events are the newest that a user may see, and say since when none is missing', t => {
  const { hub } = openHub({ bytes: 1500, milliseconds: 60_000 })
  const at = (offset: number) => Date.now() - 40_000 + offset * 1000
  const recent = (who: User, limit = 1000) => {
    const { since, events } = hub.recent(who, limit)
    return { since, events: events.map(one => JSON.parse(one)) }
  }
  const [ada, admin] = [user('ada'), user('root', { admin: true })]
  const begun = Date.now()
  t.ok(recent(ada).since >= begun - 60_000, 'nothing is forgotten but by age')
  t.strictSame(recent(ada).events, [])
  for (let offset = 0; offset < 4; offset += 1) {
    const audience = { user: offset === 2 ? 'bob' : 'ada' }
    hub.publish({
      ...event(0, offset, audience),
      time: at(offset),
      linesForPeople: Buffer.from('event: E\ndata: "less"\n'),
    })
  }
  t.strictSame(recent(admin).events, ['0/0', '0/1', '0/2', '0/3'])
  t.strictSame(recent(ada).events, ['less', 'less', 'less'], 'as people see them')
  t.strictSame(recent(user('bob')).events, ['less'])
  const two = recent(admin, 2)
  t.strictSame(two.events, ['0/2', '0/3'])
  t.ok(Math.abs(two.since - at(1)) < 1000, 'the time of the newest that is left out')
  for (let offset = 4; offset < 8; offset += 1) hub.publish({ ...event(0, offset), time: at(offset) })
  const { since, events } = recent(admin)
  t.ok(events.length < 8 && since > at(0) - 500, 'those that the buffer had no room for are missing')
  t.end()
})
