import type { Admin, Kafka } from 'kafkajs'
import type { Logger } from 'pino'
import { type Blocks, openBlocks } from '../failures/blocks.ts'
import { isNotAuthorized } from '../failures/errors.ts'
import { waitOut } from '../failures/outage.ts'
import { makeClient, type Security } from './client.ts'
import { type ConsumerOptions, type RunningConsumer, runConsumer } from './consumer.ts'
import { ensureTopics, type Replication } from './ensure-topics.ts'
import { type Authorization, watchAuthorization } from './failures/authorization.ts'
import { kafkaRefusal } from './failures/refusal.ts'
import { endOffsets, type Offsets, positions } from './offsets.ts'
import { makeProducer, type Publish } from './producer.ts'
import { refuseGap } from './refuse-gap.ts'
import { type SkipOptions, skipBatch } from './skip-batch.ts'
import type { Topic } from './topic.ts'

/** The Kafka operations that Daybook uses. The names of topics and groups are without the stack's prefix. */
export interface KafkaPort {
  publish: Publish
  /** Starts a consumer, see `runConsumer`. A new group reads from the beginning. The caller stops the consumer. */
  consume: (options: ConsumerOptions) => Promise<RunningConsumer>
  /** Returns the current end of a topic as a barrier: all records published before the call have smaller offsets. */
  endOffsets: (topic: string) => Promise<Offsets>
  /**
   * Returns the position of a group: all records before these offsets are handled, or were deleted before the group
   * began.
   */
  committedOffsets: (group: string, topic: string) => Promise<Offsets>
  /** Stores a batch that can't be decoded and lets the group continue after it, see `skipBatch`. */
  skipBatch: (options: SkipOptions) => Promise<'skipped' | 'passed'>
  /** The parts of this port that need an operator. A consumer is listed under its group. */
  blocks: Blocks
  /**
   * Returns, for readiness, the operation that Kafka does not authorize or why the port is not connected; undefined
   * when the port works.
   */
  trouble: () => string | undefined
  close: () => Promise<void>
}

export interface KafkaOptions extends Security {
  brokers: string[]
  clientId: string
  prefix: string
  /** The topics that the service uses. Missing topics are created before `connectKafka` resolves. */
  topics: Topic[]
  replication?: Replication | undefined
  log: Logger
  /** The list to which the port adds its blocked parts; default: a new list. */
  blocks?: Blocks
  /**
   * Called when a consumer has ended and will not restart, see `runConsumer`. Must end the process, so that its
   * supervisor restarts it.
   */
  onCrash: (error: Error) => void
  /** Called with each reason for which the connection waits. */
  onWait?: (reason: Error) => void
  signal?: AbortSignal
}

/**
 * Connects to Kafka and creates missing topics. Waits while Kafka is unreachable or does not authorize Daybook.
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED
 */
export async function connectKafka(options: KafkaOptions): Promise<KafkaPort> {
  const { prefix, log, signal, blocks = openBlocks(), onCrash } = options
  const authorization = watchAuthorization(blocks, log)
  const client = makeClient(options)
  const admin = await openAdmin(client, authorization, options)
  const producer = makeProducer(client)
  return {
    publish(topic, messages, options) {
      const operation = { what: 'publish', topic: prefix + topic }
      return authorization.during(`publishing ${topic}`, operation, () =>
        producer.publish(operation.topic, messages, options),
      )
    },
    async consume(consumer) {
      const [group, topic] = [prefix + consumer.group, prefix + consumer.topic]
      const compare = () =>
        authorization.during(consumer.group, { what: 'read offsets', group, topic }, () =>
          refuseGap(admin, group, topic),
        )
      await waitOut('comparing offsets with the log', compare, waiting({ log, signal }))
      return runConsumer(consumer, { client, prefix, log, blocks, authorization, onCrash })
    },
    endOffsets(name) {
      const topic = prefix + name
      const ask = () => endOffsets(admin, topic)
      return authorization.during(`offsets of ${name}`, { what: 'read offsets', topic }, ask)
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
    blocks,
    trouble: () => [...blocks.list().values()].find(isNotAuthorized)?.message,
    async close() {
      await producer.close()
      await admin.disconnect()
    },
  }
}

async function openAdmin(client: Kafka, authorization: Authorization, options: KafkaOptions): Promise<Admin> {
  const { brokers, tls, sasl, prefix, topics, replication, log } = options
  const admin = client.admin()
  const open = async () => {
    try {
      await admin.connect()
      const name = (topic: Topic) => prefix + topic.name
      const [operation, context] = [{ what: 'set up topics' }, { name, replication, log }]
      await authorization.during('topics', operation, () => ensureTopics(admin, topics, context))
    } catch (error) {
      throw kafkaRefusal(error) ?? error
    }
  }
  // A broker that expects another kind of connection closes the connection without a reason. So the log lines say whether
  // this connection uses TLS, and how it logs in.
  const connection = { brokers, tls: tls !== undefined, login: sasl?.mechanism ?? 'none' }
  try {
    await waitOut('connecting to Kafka', open, waiting({ ...options, log: log.child(connection) }))
    return admin
  } catch (error) {
    await admin.disconnect()
    throw error
  }
}

type Waiting = Pick<KafkaOptions, 'log' | 'onWait'> & { signal?: AbortSignal | undefined }

const waiting = ({ log, signal, onWait }: Waiting) => ({
  log,
  ...(signal ? { signal } : {}),
  ...(onWait ? { onWait } : {}),
})
