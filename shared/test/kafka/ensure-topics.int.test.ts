import kafkajs from 'kafkajs'
import { test } from 'tap'
import { makeStack, memoryLog, type Stack, until } from '../support/index.ts'
import { letters, openAdmin, openPort } from './port.ts'

type Admin = Awaited<ReturnType<typeof openAdmin>>

async function settingOf(admin: Admin, stack: Stack, setting = 'retention.ms') {
  const type = kafkajs.ConfigResourceTypes.TOPIC
  const name = stack.prefix + letters.name
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type, name, configNames: [setting] }],
  })
  return resources[0]?.configEntries[0]?.configValue
}

test('a topic is created with its partitions and its settings', async t => {
  const stack = await makeStack(t)
  const { log, lines } = memoryLog()
  await openPort(t, stack, { log })
  const admin = await openAdmin(t, stack)
  const { topics } = await admin.fetchTopicMetadata({ topics: [stack.prefix + letters.name] })
  t.equal(topics[0]?.partitions.length, 3)
  t.equal(await settingOf(admin, stack), '-1')
  t.notOk(lines.some(({ code }) => code === 'DAYBOOK_KAFKA_TOPIC_DRIFT'))
})

test('no log line is written about a topic that matches its definition', async t => {
  const stack = await makeStack(t)
  await openPort(t, stack)
  const { log, lines } = memoryLog()
  await openPort(t, stack, { log })
  t.notOk(lines.some(({ code }) => code === 'DAYBOOK_KAFKA_TOPIC_DRIFT'))
})

test('a topic that differs from its definition is logged and not altered', async t => {
  const stack = await makeStack(t)
  await openPort(t, stack)
  const { log, lines } = memoryLog()
  const changed = { ...letters, partitions: 6, settings: { 'retention.ms': '1000' } }
  await openPort(t, stack, { topics: [changed], log })
  t.strictSame(lines.find(({ code }) => code === 'DAYBOOK_KAFKA_TOPIC_DRIFT')?.drift, [
    'partitions: 3, defined 6',
    'retention.ms: -1, defined 1000',
  ])
  t.equal(await settingOf(await openAdmin(t, stack), stack), '-1')
})

test('a topic is created with the given replication', async t => {
  const stack = await makeStack(t)
  await openPort(t, stack, { replication: { factor: 1, minInSync: 2 } })
  t.equal(await settingOf(await openAdmin(t, stack), stack, 'min.insync.replicas'), '2')
})

test('the port waits when there are too few brokers for a topic, and the log says so', async t => {
  const stack = await makeStack(t)
  const { log, lines } = memoryLog()
  const stopping = new AbortController()
  const opening = openPort(t, stack, { replication: { factor: 30_000 }, log, signal: stopping.signal })
  const waiting = await until('it waits', () =>
    lines.find(({ msg }) => msg.startsWith('connecting to Kafka')),
  )
  stopping.abort()
  await t.rejects(opening, { name: 'AbortError' })
  t.match(waiting.err, { message: `${stack.prefix}letters: Replication-factor is invalid` })
})

test('replication that differs from the given one is logged', async t => {
  const stack = await makeStack(t)
  await openPort(t, stack, { replication: { factor: 1, minInSync: 1 } })
  const { log, lines } = memoryLog()
  await openPort(t, stack, { replication: { factor: 3, minInSync: 2 }, log })
  t.strictSame(lines.find(({ code }) => code === 'DAYBOOK_KAFKA_TOPIC_DRIFT')?.drift, [
    'replication factor: 1, defined 3',
    'min.insync.replicas: 1, defined 2',
  ])
})

test('services that start together create a topic once', async t => {
  const stack = await makeStack(t)
  await t.resolves(Promise.all([openPort(t, stack), openPort(t, stack), openPort(t, stack)]))
})

test('topics are created at run time, and asked about once', async t => {
  const stack = await makeStack(t)
  const { kafka } = await openPort(t, stack, { topics: [] })
  const { log, lines } = memoryLog()
  const other = await openPort(t, stack, { topics: [], log })
  await t.resolves(Promise.all([kafka.createTopics([letters]), other.kafka.createTopics([letters])]))
  const admin = await openAdmin(t, stack)
  const { topics } = await admin.fetchTopicMetadata({ topics: [stack.prefix + letters.name] })
  t.equal(topics[0]?.partitions.length, 3)
  t.equal(await settingOf(admin, stack), '-1')
  // A question to the broker would find this difference.
  const changed = { ...letters, partitions: 6 }
  await other.kafka.createTopics([changed])
  t.notOk(lines.some(({ code }) => code === 'DAYBOOK_KAFKA_TOPIC_DRIFT'))
  const late = await openPort(t, stack, { topics: [], log })
  await late.kafka.createTopics([changed])
  t.ok(lines.some(({ code }) => code === 'DAYBOOK_KAFKA_TOPIC_DRIFT'))
})

test('a topic that is named twice is created once, and its partitions are known at once', async t => {
  const stack = await makeStack(t)
  const { kafka } = await openPort(t, stack, { topics: [] })
  await kafka.createTopics([letters, { ...letters, partitions: 1 }])
  t.equal(await kafka.countPartitions(letters.name), 3)
})
