import { randomUUID } from 'node:crypto'
import kafkajs from 'kafkajs'
import type { Test } from 'tap'
import {
  type ConsumerOptions,
  connectKafka,
  type IncomingMessage,
  type KafkaOptions,
  type Topic,
} from '../../src/kafka/index.ts'
import { makeStack, type Stack, silent, until } from '../support/index.ts'

export const letters: Topic = { name: 'letters', partitions: 3, settings: { 'retention.ms': '-1' } }
export const single: Topic = { ...letters, partitions: 1 }

/** Connects another port with the stack's prefix. */
export async function openPort(t: Test, stack: Stack, options: Partial<KafkaOptions> = {}) {
  const crashes: Error[] = []
  const kafka = await connectKafka({
    brokers: stack.brokers,
    service: 'test',
    prefix: stack.prefix,
    topics: [letters],
    log: silent,
    onCrash: error => crashes.push(error),
    ...options,
  })
  t.teardown(() => kafka.close())
  return { kafka, crashes }
}

export async function setUp(t: Test, options: Partial<KafkaOptions> = {}) {
  const stack = await makeStack(t)
  return { stack, ...(await openPort(t, stack, options)) }
}

/** Connects an admin client, for operations that the port lacks. */
export async function openAdmin(t: Test, stack: Stack) {
  const admin = new kafkajs.Kafka({ brokers: stack.brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  t.teardown(() => admin.disconnect())
  return admin
}

/** Deletes the records before an offset of partition 0, as retention does. */
export async function deleteRecords(t: Test, stack: Stack, offset: string): Promise<void> {
  const admin = await openAdmin(t, stack)
  const topic = stack.prefix + letters.name
  // Loads the topic's metadata, without which kafkajs does not know the leader of the partition.
  await admin.fetchTopicOffsets(topic)
  await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] })
}

/** Makes the options of a consumer that collects the messages it handles and parks. */
export function collector(overrides: Partial<ConsumerOptions> = {}) {
  const seen: IncomingMessage[] = []
  const parked: IncomingMessage[] = []
  const options: ConsumerOptions = {
    group: `group-${randomUUID()}`,
    topic: letters.name,
    handle: async messages => void seen.push(...messages),
    park: async message => void parked.push(message),
    ...overrides,
  }
  return {
    seen,
    parked,
    options,
    reached: (count: number) => until(`${count} seen`, () => seen.length >= count),
  }
}

/** Makes a collector whose handler keeps the messages and then waits until `release` is called. */
export function holdingCollector() {
  const { promise, resolve: release } = Promise.withResolvers<void>()
  const { seen, options, reached } = collector()
  const handle = async (messages: IncomingMessage[]) => {
    seen.push(...messages)
    await promise
  }
  return { seen, options: { ...options, handle }, reached, release }
}

export const letter = (key: string, value = '{}', headers = {}) => ({ key, value, headers })
export const texts = (messages: IncomingMessage[]) => messages.map(({ value }) => String(value))
