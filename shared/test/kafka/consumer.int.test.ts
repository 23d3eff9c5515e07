import { test } from 'tap'
import { until } from '../support/index.ts'
import { collector, holdingCollector, letter, openPort, setUp, single, texts } from './port.ts'

test('a new group reads from the beginning, with key, headers and place', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const before = Date.now()
  await kafka.publish('letters', [letter('schlüssel', '{"a":1}', { ce_id: 'ü' }), letter('k2', '{}')])
  const { seen, options, reached } = collector()
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(2)
  const timestamp = seen[0]?.timestamp ?? 0
  t.ok(timestamp >= before && timestamp <= Date.now(), 'the time of sending')
  t.strictSame(seen, [
    {
      topic: 'letters',
      partition: 0,
      offset: 0n,
      timestamp,
      key: Buffer.from('schlüssel'),
      value: Buffer.from('{"a":1}'),
      headers: [[Buffer.from('ce_id'), Buffer.from('ü')]],
    },
    {
      topic: 'letters',
      partition: 0,
      offset: 1n,
      timestamp,
      key: Buffer.from('k2'),
      value: Buffer.from('{}'),
      headers: [],
    },
  ])
})

test('messages with the same key are in one partition, in order', async t => {
  const { kafka } = await setUp(t)
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  await kafka.publish(
    'letters',
    keys.flatMap(key => [1, 2, 3].map(n => letter(key, `${n}`))),
  )
  const { seen, options, reached } = collector()
  const consumer = await kafka.consume(options)
  t.teardown(consumer.stop)
  await reached(21)
  for (const key of keys) {
    const own = seen.filter(message => String(message.key) === key)
    t.strictSame(texts(own), ['1', '2', '3'])
    t.equal(new Set(own.map(({ partition }) => partition)).size, 1)
  }
})

test('a stopped consumer has committed what it handled, and the next consumer continues from there', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const { seen, options, reached, release } = holdingCollector()
  await kafka.publish('letters', [letter('k', 'one')])
  const first = await kafka.consume(options)
  await reached(1)
  const stopped = first.stop()
  release()
  await stopped
  t.strictSame([...(await kafka.committedOffsets(options.group, 'letters'))], [[0, 1n]])

  await kafka.publish('letters', [letter('k', 'two')])
  const second = await kafka.consume(options)
  t.teardown(second.stop)
  await reached(2)
  t.strictSame(texts(seen), ['one', 'two'])
})

test('a consumer that is stopped during an outage commits nothing, and the next consumer gets the message again', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const { seen, parked, options, reached } = collector()
  const handle = async () => {
    throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
  }
  await kafka.publish('letters', [letter('k', 'one')])
  const first = await kafka.consume({ ...options, handle })
  await until('it waits', () => first.trouble() === 'waiting: the disk is full')
  await first.stop()
  t.strictSame([...(await kafka.committedOffsets(options.group, 'letters'))], [])

  const second = await kafka.consume(options)
  t.teardown(second.stop)
  await reached(1)
  t.strictSame(texts(seen), ['one'])
  t.strictSame(parked, [])
  await until('all is well', () => second.trouble() === undefined)
})

test('a large batch is delivered in parts, and handled parts are not delivered again', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const { seen, options, reached } = collector()
  const all = Array.from({ length: 1300 }, (_, i) => `${i}`)
  await kafka.publish(
    'letters',
    all.map(text => letter('k', text)),
  )
  const reachedTwo = Promise.withResolvers<void>()
  const handle = async (messages: typeof seen, heartbeat: () => Promise<void>) => {
    if (seen.length >= 1000) {
      reachedTwo.resolve()
      // Throws Interrupted as soon as the consumer is stopped.
      for (;;) await heartbeat()
    }
    seen.push(...messages)
  }
  const first = await kafka.consume({ ...options, handle })
  await reachedTwo.promise
  await first.stop()
  t.equal(seen.length, 1000, 'in parts of 500')
  const second = await kafka.consume(options)
  t.teardown(second.stop)
  await reached(all.length)
  t.strictSame(texts(seen), all)
})

test('a message that always fails is parked, and the consumer continues', async t => {
  const { kafka } = await setUp(t, { topics: [single] })
  const { seen, parked, options, reached } = collector()
  const handle = async (messages: typeof seen) => {
    if (texts(messages).includes('bad')) throw new TypeError('no good')
    seen.push(...messages)
  }
  await kafka.publish(
    'letters',
    ['one', 'bad', 'two'].map(text => letter('k', text)),
  )
  const consumer = await kafka.consume({ ...options, handle })
  t.teardown(consumer.stop)
  await reached(2)
  t.strictSame(texts(seen), ['one', 'two'])
  t.match(parked, [{ offset: 1n, topic: 'letters' }])
  await until(
    'all offsets are committed',
    async () => (await kafka.committedOffsets(options.group, 'letters')).get(0) === 3n,
  )
})

test('members of a group share its partitions, and the others take over the partitions of a member that leaves', async t => {
  const { kafka, stack, crashes } = await setUp(t)
  const { seen, options, reached } = collector()
  const another = await openPort(t, stack)
  const first = await kafka.consume(options)
  t.teardown(first.stop)
  const second = await another.kafka.consume(options)
  await until(
    'both consumers are in the group',
    () => first.trouble() === undefined && second.trouble() === undefined,
  )
  await kafka.publish(
    'letters',
    ['a', 'b', 'c', 'd', 'e', 'f'].map(key => letter(key, key)),
  )
  await reached(6)
  await second.stop()
  await kafka.publish(
    'letters',
    ['a', 'b', 'c', 'd', 'e', 'f'].map(key => letter(key, key.toUpperCase())),
  )
  await until('every letter is delivered', () => new Set(texts(seen)).size === 12)
  t.strictSame(crashes, [])
})
