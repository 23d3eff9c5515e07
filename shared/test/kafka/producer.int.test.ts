import { test } from 'tap'
import { isOutage } from '../../src/failures/outage.ts'
import { collector, letter, letters, setUp, single, texts } from './port.ts'

test('concurrent calls of publish lose no message, and keep the order within each call', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const { seen, options, reached } = collector()
  const calls = Array.from({ length: 50 }, (_, call) => [0, 1, 2].map(n => letter('k', `${call} ${n}`)))
  await Promise.all(calls.map(messages => kafka.publish('letters', messages)))
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(150)
  t.strictSame(
    texts(seen),
    calls.flat().map(({ value }) => value),
  )
})

test('each call learns where its messages are, over requests and partitions', async t => {
  const { kafka } = await setUp(t)
  const { seen, options, reached } = collector()
  const large = (key: string) =>
    Array.from({ length: 20 }, (_, n) => letter(key, `${key} ${n} ${'x'.repeat(50_000)}`))
  const calls = ['a', 'b', 'c', 'd'].map(large)
  const answers = await Promise.all(calls.map(messages => kafka.publish('letters', messages)))
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(80)
  const placeOf = new Map(seen.map(({ value, partition, offset }) => [String(value), { partition, offset }]))
  t.strictSame(
    answers.map(({ places }) => places),
    calls.map(messages => messages.map(({ value }) => placeOf.get(String(value)))),
  )
})

test('messages that exceed one request are split and keep their order', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const { seen, options, reached } = collector()
  const large = Array.from({ length: 40 }, (_, n) => letter('k', `${n} ${'x'.repeat(100_000)}`))
  await kafka.publish('letters', large)
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(40)
  t.strictSame(
    texts(seen),
    large.map(({ value }) => value),
  )
})

test('many small messages with long keys and headers stay under the limit of the broker', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const key = '任'.repeat(255)
  const messages = Array.from({ length: 1000 }, (_, n) =>
    letter(key, `{"n":${n}}`, { ce_id: `${'i'.repeat(600)}${n}` }),
  )
  await t.resolves(kafka.publish('letters', messages))
})

test('a message that no broker accepts is an error and no outage', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const error = await kafka.publish('letters', [letter('k', 'x'.repeat(2_000_000))]).catch(e => e)
  t.match(error, { type: 'MESSAGE_TOO_LARGE' })
  t.notOk(isOutage(error))
  await t.resolves(kafka.publish('letters', [letter('k', 'small')]), 'the next message is published')
})

test('a message goes to the partition that it names', async t => {
  const { kafka } = await setUp(t)
  const { seen, options, reached } = collector()
  await kafka.publish(
    'letters',
    [0, 1, 2].map(partition => ({ ...letter('k', `${partition}`), partition })),
  )
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(3)
  t.strictSame(
    new Set(seen.map(({ partition, value }) => `${partition} ${value}`)),
    new Set(['0 0', '1 1', '2 2']),
  )
  const lost = kafka.publish('letters', [letter('k'), { ...letter('k'), partition: 3 }])
  await t.rejects(lost, { message: /letters has no partition 3/ })
})

test('publish says when the broker appended the last message, on topics that keep this time', async t => {
  const settings = { ...letters.settings, 'message.timestamp.type': 'LogAppendTime' }
  const { kafka } = await setUp(t, {
    topics: [
      { ...letters, settings },
      { ...single, name: 'postcards' },
    ],
  })
  const { seen, options, reached } = collector()
  const before = Date.now()
  const calls = [0, 1, 2].map(n =>
    kafka.publish('letters', [letter(`a${n}`, 'x'.repeat(500_000)), letter(`b${n}`, 'x'.repeat(500_000))]),
  )
  const times = (await Promise.all(calls)).map(({ appendedAt }) => appendedAt ?? 0)
  t.equal((await kafka.publish('postcards', [letter('k')])).appendedAt, undefined)
  t.ok(times.every((time, n) => time >= (times[n - 1] ?? before) && time <= Date.now()))
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(6)
  for (const [n, time] of times.entries()) {
    const own = seen.filter(({ key }) => String(key).endsWith(`${n}`))
    t.equal(Math.max(...own.map(({ timestamp }) => timestamp)), time)
  }
})
