import { type Blocks, openBlocks } from '../failures/blocks.ts'
import { isNotAuthorized } from '../failures/errors.ts'
import { waitOut } from '../failures/outage.ts'
import { makeClient } from './client.ts'
import { type RunningConsumer, runConsumer } from './consumer.ts'
import type { ConsumerOptions } from './delivery/consumer-options.ts'
import { watchAuthorization } from './failures/authorization.ts'
import { deleteIdleGroups } from './idle-groups.ts'
import { endOffsets, lagsOf, type Offsets, offsetsSince, positions } from './offsets.ts'
import { type AdminOptions, openAdmin, setUpTopics, waiting } from './open-admin.ts'
import { makeProducer, type Publish } from './producer.ts'
import { beginning } from './refuse-gap.ts'
import { type SkipOptions, skipBatch } from './skip-batch.ts'
import type { Topic } from './topic.ts'

/** The Kafka operations that Daybook uses. The names of topics and groups are without the stack's prefix. */
export interface KafkaPort {
  publish: Publish
  /** Starts a consumer, see `runConsumer`. A new group reads from the beginning by default. The caller stops the consumer. */
  consume: (options: ConsumerOptions) => Promise<RunningConsumer>
  /** Returns the current end of a topic as a barrier: all records published before the call have smaller offsets. */
  endOffsets: (topic: string) => Promise<Offsets>
  /** Returns where the records that are not older than an instant begin in each partition, by the times of the records. */
  offsetsSince: (topic: string, instant: Date) => Promise<Offsets>
  /** Returns how many partitions a topic has. */
  countPartitions: (topic: string) => Promise<number>
  /**
   * Returns the position of a group: all records before these offsets are handled, or were deleted before the group
   * began.
   */
  committedOffsets: (group: string, topic: string) => Promise<Offsets>
  /** Stores a batch that can't be decoded and lets the group continue after it, see `skipBatch`. */
  skipBatch: (options: SkipOptions) => Promise<'skipped' | 'passed'>
  /**
   * Creates the missing ones of these topics, as `connectKafka` does with its topics. Asks the broker only about names that
   * this port has not created or seen before. Of topics with the same name the first counts.
   */
  createTopics: (topics: Topic[]) => Promise<void>
  /** Removes the consumer groups without members whose names begin with a prefix. Returns their names. */
  deleteIdleGroups: (prefix: string) => Promise<string[]>
  /** Returns whether a topic exists. */
  hasTopic: (topic: string) => Promise<boolean>
  /** The consumers that were started and not stopped. */
  consumers: () => RunningConsumer[]
  /** The parts of this port that need an operator. A consumer is listed under its group. */
  blocks: Blocks
  /**
   * Returns, for readiness, the operation that Kafka does not authorize or why the port is not connected; undefined
   * when the port works.
   */
  trouble: () => string | undefined
  close: () => Promise<void>
}

export interface KafkaOptions extends AdminOptions {
  /** The service whose connection this is, as in `scheduler`. */
  service: string
  /** The list to which the port adds its blocked parts; default: a new list. */
  blocks?: Blocks
  /**
   * For how many milliseconds a consumer with records to handle may stand still in a partition. After that `onCrash` is called.
   * Default: it is not watched.
   */
  stallMs?: number
  /**
   * Called when a consumer has ended and will not restart, see `runConsumer`. Must end the process, so that its
   * supervisor restarts it.
   */
  onCrash: (error: Error) => void
}

/**
 * Connects to Kafka and creates missing topics. Waits while Kafka is unreachable or does not authorize Daybook.
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED
 */
export async function connectKafka(options: KafkaOptions): Promise<KafkaPort> {
  const { service, prefix, log, signal, blocks = openBlocks(), stallMs, onCrash } = options
  const authorization = watchAuthorization(blocks, log)
  const client = makeClient(options)
  const admin = await openAdmin(client, authorization, options)
  const producer = makeProducer(client)
  const known = new Set(options.topics.map(({ name }) => name))
  const consumers = new Map<string, RunningConsumer>()
  return {
    publish(topic, messages, options) {
      const operation = { what: 'publish', topic: prefix + topic }
      return authorization.during(`publishing ${topic}`, operation, () =>
        producer.publish(operation.topic, messages, options),
      )
    },
    async consume(consumer) {
      const [group, topic] = [prefix + consumer.group, prefix + consumer.topic]
      const operation = { what: 'read offsets', group, topic }
      const begin = () =>
        authorization.during(consumer.group, operation, () => beginning(admin, consumer, { group, topic }))
      const start = await waitOut('comparing offsets with the log', begin, waiting({ log, signal }))
      const lags = () =>
        authorization.during(`offsets of ${consumer.group}`, operation, () => lagsOf(admin, group, topic))
      const context = { client, service, prefix, log, blocks, authorization, start, lags, stallMs }
      const running = await runConsumer(consumer, { ...context, onCrash: consumer.onCrash ?? onCrash })
      consumers.set(consumer.group, running)
      const stop = () => {
        consumers.delete(consumer.group)
        return running.stop()
      }
      return { ...running, stop }
    },
    endOffsets(name) {
      const topic = prefix + name
      const ask = () => endOffsets(admin, topic)
      return authorization.during(`offsets of ${name}`, { what: 'read offsets', topic }, ask)
    },
    offsetsSince(name, instant) {
      const topic = prefix + name
      const ask = () => offsetsSince(admin, topic, instant)
      return authorization.during(`offsets of ${name}`, { what: 'read offsets', topic }, ask)
    },
    countPartitions(name) {
      const topic = prefix + name
      // Offsets would need the leaders, which a topic lacks for a moment after it was created.
      const ask = async () =>
        (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions.length ?? 0
      return authorization.during(`partitions of ${name}`, { what: 'count partitions', topic }, ask)
    },
    committedOffsets(name, topicName) {
      const [group, topic] = [prefix + name, prefix + topicName]
      const ask = () => positions(admin, group, topic)
      return authorization.during(`offsets of ${name}`, { what: 'read offsets', group, topic }, ask)
    },
    skipBatch(skipped) {
      const skip = () => skipBatch(skipped, { client, admin, prefix })
      return waitOut('skipping a batch', skip, waiting({ log, signal }))
    },
    async createTopics(topics) {
      const named = new Map(topics.toReversed().map(topic => [topic.name, topic]))
      const unknown = [...named.values()].filter(({ name }) => !known.has(name))
      if (unknown.length === 0) return
      await setUpTopics(admin, authorization, { ...options, topics: unknown })
      for (const { name } of unknown) known.add(name)
    },
    deleteIdleGroups: name =>
      authorization.during('groups', { what: 'remove groups', group: prefix + name }, () =>
        deleteIdleGroups(admin, prefix + name),
      ),
    hasTopic: name =>
      authorization.during('topics', { what: 'list topics' }, async () =>
        (await admin.listTopics()).includes(prefix + name),
      ),
    consumers: () => [...consumers.values()],
    blocks,
    trouble: () => [...blocks.list().values()].find(isNotAuthorized)?.message,
    async close() {
      await producer.close()
      await admin.disconnect()
    },
  }
}
