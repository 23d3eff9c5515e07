import { groupCommit } from '@daybook/shared/async/group-commit'
import { openBlocks } from '@daybook/shared/failures/blocks'
import { waitOut } from '@daybook/shared/failures/outage'
import type { KafkaPort, OutgoingMessage, RunningConsumer } from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import type { Process, Server } from '../world/world.ts'
import { type Broker, endsOf } from './broker.ts'
import { runConsumer } from './consumer.ts'

interface Options {
  broker: Broker
  process: Process
  server: Server
  log: Logger
  onCrash: (error: Error) => void
}

interface Call {
  topic: string
  messages: OutgoingMessage[]
}

/** The Kafka port of one process, on a broker in memory. */
export function memoryKafka({ broker, process, server, log, onCrash }: Options): KafkaPort {
  const { time, random, faults, trace } = process.world
  const consumers = new Map<string, RunningConsumer>()

  /** A request that times out: some of its parts are written, at once or later, even if the process has ended. */
  async function timeOut(topic: string, parts: Map<number, OutgoingMessage[]>): Promise<never> {
    trace.note(time.wall(), process.name, `publish ${topic} gets no answer`)
    for (const [partition, messages] of parts)
      if (random.chance(0.5))
        time.after(random.between(1, random.chance(0.5) ? 10 : 5000), () =>
          broker.append(topic, partition, messages),
        )
    await time.sleep(random.between(1, 1000))
    throw server.outage()
  }

  /** Writes the messages of a call; partitions are written independently of each other. */
  async function send({ topic, messages }: Call): Promise<{ appendedAt: undefined }> {
    const parts = broker.divide(topic, messages)
    if (faults.timesOut()) await timeOut(topic, parts)
    await process.reach(server, `publish ${topic}`, () => {
      for (const [partition, part] of parts) broker.append(topic, partition, part)
    })
    return { appendedAt: undefined }
  }

  // One sender in each process, as in the real port.
  const share = groupCommit<Call, { appendedAt: undefined }>(async calls => {
    const published = []
    for (const call of calls) published.push(await send(call))
    return published
  }, 1000)

  return {
    publish: (topic, messages) => share({ topic, messages }),
    async consume(options) {
      const begin = () =>
        process.reach(server, 'kafka.consume', () => broker.group(options.group, options.topic))
      await waitOut('starting a consumer', begin, { log })
      const running = runConsumer(options, {
        broker,
        process,
        server,
        log,
        onCrash: options.onCrash ?? onCrash,
      })
      consumers.set(options.group, running)
      const stop = () => {
        consumers.delete(options.group)
        return running.stop()
      }
      return { ...running, stop }
    },
    endOffsets: topic => process.reach(server, 'kafka.ends', () => endsOf(broker, topic)),
    countPartitions: topic => process.reach(server, 'kafka.partitions', () => broker.partitions(topic)),
    committedOffsets: (group, topic) =>
      process.reach(server, 'kafka.committed', () => new Map(broker.group(group, topic).committed)),
    offsetsSince: () => Promise.reject(new Error('Nothing here reads this broker by time')),
    deleteIdleGroups: () => Promise.reject(new Error('The groups of this broker stay')),
    skipBatch: () => Promise.reject(new Error('No batch of this broker has to be skipped')),
    async createTopics(topics) {
      for (const { name, partitions } of topics) broker.createTopic(name, partitions)
    },
    hasTopic: async name => broker.partitions(name) > 0,
    consumers: () => [...consumers.values()],
    blocks: openBlocks(),
    trouble: () => undefined,
    close: async () => undefined,
  }
}
