import { randomBytes } from 'node:crypto'
import { test } from 'tap'
import { until } from '../support/index.ts'
import { collector, letter, openAdmin, setUp, texts } from './port.ts'

const values = [
  'short',
  '',
  'the same again and again '.repeat(10_000),
  randomBytes(200_000).toString('base64'),
  ...Array.from({ length: 500 }, (_, n) => `${n} ${randomBytes(20).toString('hex')}`),
]

for (const codec of ['gzip', 'snappy', 'lz4', 'zstd']) {
  // The broker compresses the records of such a topic again, with the same code as Java clients.
  test(`records compressed by ${codec} are read`, async t => {
    const { kafka, stack } = await setUp(t)
    const admin = await openAdmin(t, stack)
    const configEntries = [{ name: 'compression.type', value: codec }]
    const topic = `compressed-${codec}`
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: stack.prefix + topic, numPartitions: 1, configEntries }],
    })
    const messages = values.map((value, n) => letter(`key ${n}`, value, { n: `${n}` }))
    // Kafka may take a moment to elect the leader of a new topic.
    await until('the messages are published', () => kafka.publish(topic, messages).then(() => true))
    const { seen, options, reached } = collector({ topic })
    const consumer = await kafka.consume(options)
    t.teardown(consumer.stop)
    await reached(values.length)
    t.strictSame(texts(seen), values)
    const committed = async () => (await kafka.committedOffsets(options.group, topic)).get(0)
    await until('all offsets are committed', async () => (await committed()) === BigInt(values.length))
  })
}
