import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { topics } from '@daybook/shared/events'
import { connectKafka, hasPassed, type KafkaPort } from '@daybook/shared/kafka'
import { type LogLine, memoryLog, until } from '@daybook/shared/testing'
import kafkajs, { type Admin, type Kafka } from 'kafkajs'
import t, { type Test } from 'tap'
import { lateRequestTopic, logRequestTopic } from '../services/reporting/src/logs/log-requests.ts'
import { cannotStart, startDedicatedKafka } from './support/dedicated-kafka.ts'

/** Cluster defaults, each of which would break a promise of docs/events.md. */
const unfriendly = {
  'log.cleanup.policy': 'compact',
  'log.retention.ms': 1000,
  'log.retention.bytes': 1000,
  'log.message.timestamp.type': 'LogAppendTime',
  'compression.type': 'lz4',
  'message.max.bytes': 10_000,
  'unclean.leader.election.enable': true,
  // The cleaner compacts without a pause.
  'log.cleaner.backoff.ms': 100,
}

const promised = {
  'cleanup.policy': 'delete',
  'retention.bytes': '-1',
  'message.timestamp.type': 'CreateTime',
  'compression.type': 'producer',
  'max.message.bytes': '1048588',
  'unclean.leader.election.enable': 'false',
}
const retention = new Map([
  ['daybook.tasks', '-1'],
  ['daybook.clock', String(365 * 86_400_000)],
  ['daybook.reports', '-1'],
  ['daybook.reporting.jobs', String(7 * 86_400_000)],
  ['daybook.reporting.late', String(7 * 86_400_000)],
])

const all = [topics.tasks, topics.clock, topics.reports, logRequestTopic, lateRequestTopic]

/** Opens the Kafka port as a service does. @returns the port and its log lines about topic settings */
async function openPort(t: Test, brokers: string[], { prefix = '', of = all } = {}) {
  const { log, lines } = memoryLog()
  const onCrash = (error: Error) => t.fail(error.message)
  const kafka = await connectKafka({ brokers, service: 'test', prefix, topics: of, log, onCrash })
  t.teardown(() => kafka.close())
  return { kafka, drift: lines.filter(({ code }) => code === 'DAYBOOK_KAFKA_TOPIC_DRIFT') }
}

async function settingsOf(admin: Admin, name: string, others = ['retention.ms']) {
  const type = kafkajs.ConfigResourceTypes.TOPIC
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type, name, configNames: [...new Set([...Object.keys(promised), ...others])] }],
  })
  const entries = resources[0]?.configEntries.map(({ configName, configValue }) => [configName, configValue])
  return Object.fromEntries(entries ?? [])
}

t.test('with a Kafka whose defaults would break promises', { skip: await cannotStart() }, async t => {
  const { brokers, data } = await startDedicatedKafka(t, {
    properties: usual => ({ ...usual, ...unfriendly }),
  })
  const client = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING })
  const admin = client.admin()
  await admin.connect()
  t.teardown(() => admin.disconnect())

  await t.test('the topic of states is compacted, and its settings do not count as a difference', async t => {
    const { name, settings } = topics.taskStates
    const of = [topics.taskStates]
    await openPort(t, brokers, { of })
    const found = await settingsOf(admin, name, Object.keys(settings))
    t.strictSame(found, { ...promised, ...settings })
    t.strictSame((await openPort(t, brokers, { of })).drift, [])
    const { kafka, drift } = await openPort(t, brokers, {
      of: [{ ...topics.taskStates, settings: { 'cleanup.policy': 'delete' } }],
    })
    t.match(drift[0]?.drift, ['cleanup.policy: compact, defined delete'])
    await kafka.publish(name, [{ key: 'k', value: null, headers: { version: '1' } }])
    t.pass('a tombstone is accepted')
  })

  await t.test('new topics have all promised settings', async t => {
    const { kafka } = await openPort(t, brokers)
    for (const { name } of all)
      t.strictSame(await settingsOf(admin, name), { ...promised, 'retention.ms': retention.get(name) }, name)
    await kafka.publish('daybook.tasks', [{ key: 'k', value: 'x'.repeat(600_000), headers: {} }])
    t.pass('an event larger than the default limit is accepted')
    const again = await openPort(t, brokers)
    t.strictSame(again.drift, [], 'no setting differs')
  })

  await t.test('for an existing topic with other settings, each difference is logged', async t => {
    await admin.createTopics({ topics: [{ topic: 'old.daybook.clock', numPartitions: 1 }] })
    const { drift } = await openPort(t, brokers, { prefix: 'old.', of: [topics.clock] })
    t.equal(drift.length, 1)
    t.match(drift, [{ topic: 'old.daybook.clock' }])
    t.strictSame(
      new Set((drift as (LogLine & { drift: string[] })[])[0]?.drift),
      new Set([
        'cleanup.policy: compact, defined delete',
        'retention.ms: 1000, defined 31536000000',
        'retention.bytes: 1000, defined -1',
        'message.timestamp.type: LogAppendTime, defined CreateTime',
        'compression.type: lz4, defined producer',
        'max.message.bytes: 10000, defined 1048588',
        'unclean.leader.election.enable: true, defined false',
      ]),
    )
    t.equal(
      (await settingsOf(admin, 'old.daybook.clock'))['cleanup.policy'],
      'compact',
      'the topic is not changed',
    )
  })

  await t.test('a consumer passes batches that compaction has emptied', async t => {
    const { kafka } = await openPort(t, brokers, { of: [] })
    await makeCompacted(client, admin, 'compacted')
    await until('the topic is compacted', async () =>
      (await readFile(join(data, 'cleaner-offset-checkpoint'), 'utf8')).includes('compacted 0 3'),
    )
    const seen = await keysToTheEnd(t, kafka, 'compacted')
    t.strictSame(seen, ['replaced', 'other', 'last'])
  })
})

const HOUR = 3_600_000

/**
 * Makes a topic with three segments: a batch with one record, the records that replace it, and the active segment.
 * Compaction removes the first record but keeps its batch, because it is the last batch of its producer. The first two
 * segments are too large to be merged, so a fetch from the beginning returns the empty batch alone.
 */
async function makeCompacted(client: Kafka, admin: Admin, topic: string) {
  const configEntries = Object.entries({
    'max.message.bytes': '1048588',
    'message.timestamp.type': 'CreateTime',
    'compression.type': 'producer',
    'segment.bytes': '1048576',
    // A record begins a new segment when its timestamp is this much later than the first of the segment.
    'segment.ms': String(HOUR / 2),
    'min.cleanable.dirty.ratio': '0',
  }).map(([name, value]) => ({ name, value }))
  await admin.createTopics({ waitForLeaders: true, topics: [{ topic, numPartitions: 1, configEntries }] })
  const began = Date.now() - 3 * HOUR
  const append = async (hour: number, ...messages: { key: string; value: string }[]) => {
    const producer = client.producer({ idempotent: true })
    await producer.connect()
    const timestamp = String(began + hour * HOUR)
    for (const message of messages) await producer.send({ topic, messages: [{ ...message, timestamp }] })
    await producer.disconnect()
  }
  const large = 'x'.repeat(600_000)
  await append(0, { key: 'replaced', value: large })
  await append(1, { key: 'replaced', value: 'new' }, { key: 'other', value: large })
  await append(2, { key: 'last', value: 'last' })
}

async function keysToTheEnd(t: Test, kafka: KafkaPort, topic: string): Promise<string[]> {
  const keys: string[] = []
  const group = randomUUID()
  const consumer = await kafka.consume({
    group,
    topic,
    handle: async messages => void keys.push(...messages.map(({ key }) => String(key))),
    park: async (_message, error) => void t.fail(error.message),
  })
  t.teardown(consumer.stop)
  const barrier = await kafka.endOffsets(topic)
  await until('the consumer has passed the end', async () =>
    hasPassed(await kafka.committedOffsets(group, topic), barrier),
  )
  return keys
}
