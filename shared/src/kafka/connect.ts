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

/** All that Daybook asks of Kafka. Names of topics and groups go in and come out without the stack's prefix. */
export interface KafkaPort {
  publish: Publish
  /** Runs a consumer; the first start of a group reads from the beginning. Whoever starts it stops it. */
  consume: (options: ConsumerOptions) => Promise<RunningConsumer>
  /** The end of a topic now, a barrier: everything published before the call is before it. */
  endOffsets: (topic: string) => Promise<Offsets>
  /** How far a group is, as it has committed: all before these offsets is handled, or was deleted before it began. */
  committedOffsets: (group: string, topic: string) => Promise<Offsets>
  /** Lets a group go on behind a batch that can't be decoded, once that is kept; see skipBatch. */
  skipBatch: (options: SkipOptions) => Promise<'skipped' | 'passed'>
  /** What needs an operator, noted by the parts of this port, consumers under their groups. */
  blocks: Blocks
  /** For readiness: what Kafka does not authorize, or what the connection waits for; undefined when neither is the case. */
  trouble: () => string | undefined
  close: () => Promise<void>
}

export interface KafkaOptions extends Security {
  brokers: string[]
  clientId: string
  prefix: string
  /** The topics that the service uses; those that don't exist yet are created before this resolves. */
  topics: Topic[]
  replication?: Replication | undefined
  log: Logger
  /** Where parts that need an operator are noted; the port's own, if not given. */
  blocks?: Blocks
  /** See runConsumer: end the process, so that its supervisor starts it again. */
  onCrash: (error: Error) => void
  /** Called with each reason for which the connection waits. */
  onWait?: (reason: Error) => void
  signal?: AbortSignal
}

/**
 * Connects to Kafka, waiting for as long as it is away or does not authorize us, and sees to the topics.
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
  // A broker that wants another kind of connection just closes it: who reads the log should see which kind this is.
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
