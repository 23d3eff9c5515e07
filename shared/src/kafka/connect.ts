import kafkajs, { type Admin } from 'kafkajs'
import type { Logger } from 'pino'
import { DaybookError } from '../errors.ts'
import type { Topic } from '../events/topics.ts'
import { waitOut } from '../outage.ts'
import { type ConsumerOptions, type RunningConsumer, runConsumer } from './consumer.ts'
import { kafkaLog } from './log.ts'
import { committedOffsets, endOffsets, logBounds, type Offsets } from './offsets.ts'
import { makeProducer, type Publish } from './producer.ts'
import { quietRequestQueue } from './quiet-request-queue.ts'
import { refuseOffsetReset } from './refuse-offset-reset.ts'
import { ensureTopics } from './topics.ts'

/** All that Daybook asks of Kafka. Names of topics and groups go in and come out without the stack's prefix. */
export interface KafkaPort {
  publish: Publish
  /** Runs a consumer; the first start of a group reads from the beginning. Whoever starts it stops it. */
  consume: (options: ConsumerOptions) => Promise<RunningConsumer>
  /** The end of a topic now, a barrier: everything published before the call is before it. */
  endOffsets: (topic: string) => Promise<Offsets>
  /** What a group has committed, which is what it has handled. */
  committedOffsets: (group: string, topic: string) => Promise<Offsets>
  close: () => Promise<void>
}

export interface KafkaOptions {
  brokers: string[]
  clientId: string
  prefix: string
  /** The topics that the service uses; those that don't exist yet are created before this resolves. */
  topics: Topic[]
  log: Logger
  /** See runConsumer: end the process, so that its supervisor starts it again. */
  onCrash: (error: Error) => void
  signal?: AbortSignal
}

quietRequestQueue()
refuseOffsetReset()

/** Connects to Kafka, waiting for as long as it is away, and sees to the topics. */
export async function connectKafka(options: KafkaOptions): Promise<KafkaPort> {
  const { brokers, clientId, prefix, log, signal } = options
  const client = new kafkajs.Kafka({
    brokers,
    clientId,
    logLevel: kafkajs.logLevel.INFO,
    logCreator: () => kafkaLog(log),
    connectionTimeout: 3000,
    retry: { initialRetryTime: 100, maxRetryTime: 3000, retries: 5 },
  })
  const admin = client.admin()
  const open = async () => {
    await admin.connect()
    await ensureTopics(admin, options.topics, topic => prefix + topic.name, log)
  }
  const waiting = signal === undefined ? { log } : { log, signal }
  await waitOut('connecting to Kafka', open, waiting)

  const producer = makeProducer(client)
  return {
    publish: (topic, messages) => producer.publish(prefix + topic, messages),
    async consume(consumer) {
      const check = () => refuseGap(admin, prefix + consumer.group, prefix + consumer.topic)
      await waitOut('comparing offsets with the log', check, waiting)
      return runConsumer(consumer, { client, prefix, log, onCrash: options.onCrash })
    },
    endOffsets: topic => endOffsets(admin, prefix + topic),
    committedOffsets: (group, topic) => committedOffsets(admin, prefix + group, prefix + topic),
    async close() {
      await producer.close()
      await admin.disconnect()
    },
  }
}

/**
 * A group must not begin behind a loss: records that were deleted before it read them, or a log that is shorter than
 * what it has read, a topic made anew. Nobody may find that out by chance.
 * @throws DaybookError DAYBOOK_KAFKA_OFFSETS_GONE
 */
async function refuseGap(admin: Admin, group: string, topic: string): Promise<void> {
  // Twice: retention may take records between two questions, which the group's other members had read before.
  const gap = (await gapOf(admin, group, topic)) && (await gapOf(admin, group, topic))
  if (gap === undefined) return
  throw new DaybookError(
    'DAYBOOK_KAFKA_OFFSETS_GONE',
    `${gap}: restore the topic, or reset the group's offsets`,
  )
}

async function gapOf(admin: Admin, group: string, topic: string): Promise<string | undefined> {
  // In this order: others of the group go on reading meanwhile, and may not seem to be ahead of the log.
  const committed = await committedOffsets(admin, group, topic)
  const { begin, end } = await logBounds(admin, topic)
  for (const [partition, offset] of committed) {
    const [first = 0n, next = 0n] = [begin.get(partition), end.get(partition)]
    if (offset >= first && offset <= next) continue
    return `the group ${group} has read ${topic}/${partition} up to ${offset}, the log holds ${first} to ${next}`
  }
  return undefined
}
