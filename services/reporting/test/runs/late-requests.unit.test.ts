import { topics } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import t, { type Test } from 'tap'
import { type LogRequest, lateRequestTopic } from '../../src/logs/log-requests.ts'
import { lateRequests } from '../../src/runs/late-requests.ts'

const DAY = { day: '2026-03-10', timeZone: 'UTC' }

/** A Kafka in which the test sets the ends of daybook.tasks. `sent` has the log requests in it. */
function makeKafka(t: Test) {
  const ends = new Map<number, bigint>()
  const sent: LogRequest[] = []
  const headers: object[] = []
  const state = { down: false, readings: 0 }
  const kafka = {
    async endOffsets(topic: string) {
      t.equal(topic, topics.tasks.name)
      state.readings += 1
      return new Map(ends)
    },
    async publish(topic: string, messages: { value: Uint8Array; headers: object }[]) {
      t.equal(topic, lateRequestTopic.name)
      if (state.down) throw new Error('Kafka is away')
      sent.push(...messages.map(({ value }) => JSON.parse(String(value))))
      headers.push(...messages.map(message => message.headers))
      return { appendedAt: undefined }
    },
  } as unknown as KafkaPort
  return { ends, sent, headers, state, request: lateRequests(kafka) }
}

const change = (userId: string, offset: bigint, partition = 0) => ({
  ...DAY,
  userId,
  at: { partition, offset },
})

t.test('completions that were published before a request of their log was sent need no request', async t => {
  const { ends, sent, state, request } = makeKafka(t)
  ends.set(0, 100n)
  await request([change('alice', 10n), change('bob', 11n), change('alice', 12n)])
  for (let offset = 13n; offset < 99n; offset += 2n)
    await request([change('alice', offset), change('bob', offset + 1n)])
  await request([change('carol', 99n)])
  t.strictSame(
    sent,
    ['alice', 'bob', 'carol'].map(userId => ({ ...DAY, userId, late: true, through: { 0: '100' } })),
  )
  t.equal(state.readings, 1)
})

t.test('a completion that was published later has a request of its own', async t => {
  const { ends, sent, request } = makeKafka(t)
  ends.set(0, 11n)
  await request([change('alice', 10n)])
  ends.set(0, 30n)
  await request([change('alice', 11n)])
  await request([change('alice', 29n)])
  t.strictSame(
    sent.map(({ through }) => through),
    [{ 0: '11' }, { 0: '30' }],
  )
})

t.test('logs of other days, zones, users and partitions have requests of their own', async t => {
  const { ends, sent, request } = makeKafka(t)
  ends.set(0, 100n).set(1, 100n)
  await request([change('alice', 10n)])
  await request([{ ...change('alice', 11n), day: '2026-03-11' }])
  await request([{ ...change('alice', 12n), timeZone: 'Europe/Berlin' }])
  await request([change('bob', 13n)])
  // Partitions were added, so the key has another one.
  await request([change('alice', 14n, 1)])
  t.equal(sent.length, 5)
})

t.test('a request that could not be sent is sent by the next attempt', async t => {
  const { ends, sent, state, request } = makeKafka(t)
  ends.set(0, 100n)
  state.down = true
  await t.rejects(request([change('alice', 10n)]), { message: 'Kafka is away' })
  state.down = false
  await request([change('alice', 10n)])
  t.equal(sent.length, 1)
})

t.test('a change without an event, and an event in a partition without an end, wait for nothing', async t => {
  const { sent, state, request } = makeKafka(t)
  await request([{ ...DAY, userId: 'alice' }])
  t.equal(state.readings, 0)
  await request([change('alice', 10n)])
  await request([change('alice', 11n)])
  t.strictSame(
    sent,
    Array.from({ length: 3 }, () => ({ ...DAY, userId: 'alice', late: true })),
  )
})

t.test('many logs are remembered, but not all', async t => {
  const { ends, sent, request } = makeKafka(t)
  ends.set(0, 1_000_000n)
  const users = Array.from({ length: 10_000 }, (_, i) => change(`user-${i}`, BigInt(i)))
  await request(users.slice(0, 9999))
  await request(users.slice(0, 9999))
  t.equal(sent.length, 9999)
  await request(users.slice(9999))
  await request(users)
  t.equal(sent.length, 20_000)
})

t.test('a request has the trace context of the event that asks for it in a header', async t => {
  const { sent, headers, request } = makeKafka(t)
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  await request([{ ...change('alice', 10n), traceparent }, change('bob', 11n)])
  t.strictSame(
    headers.map(one => 'traceparent' in one && one.traceparent),
    [traceparent, false],
  )
  t.notMatch(JSON.stringify(sent), traceparent)
})
