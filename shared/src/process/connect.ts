import type { CommonSettings } from '../config/common-settings.ts'
import { kafkaConnection } from '../config/kafka-settings.ts'
import { openBlocks } from '../failures/blocks.ts'
import { connectKafka, type KafkaOptions, type KafkaPort } from '../kafka/connect.ts'
import { latePort } from '../kafka/late-port.ts'
import type { Topic } from '../kafka/topic.ts'
import { connectMongo } from '../mongo/connect-mongo.ts'
import type { Service } from './service.ts'

type Connection = Awaited<ReturnType<typeof connectMongo>>

/**
 * Connects a service to MongoDB and Kafka, and closes both connections with the service.
 *
 * Waits for MongoDB through an outage. Waits for Kafka until its first attempt to connect succeeds or fails. When the
 * attempt fails, because of an outage or a missing right, the service starts without Kafka, and the port keeps connecting
 * in the background. When it succeeds, the topics exist.
 * @param topics what the service uses; missing ones are created
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED. In the background this error ends the service.
 */
export async function connect(
  service: Service,
  config: CommonSettings,
  topics: Topic[],
): Promise<{ mongo: Connection; kafka: KafkaPort }> {
  const mongo = await openMongo(service, config)
  return { mongo, kafka: await openKafka(service, config, topics) }
}

/**
 * Connects a service to MongoDB, and closes the connection with the service. Waits through an outage.
 * @param onWait called with the reason of each outage
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED; AbortError when the service stops
 */
export async function openMongo(
  { log, closing, signal }: Service,
  { MONGODB_URI: uri, MONGODB_DATABASE: database }: CommonSettings,
  onWait: (reason: Error) => void = () => {},
): Promise<Connection> {
  let opened: Connection | undefined
  // Before it is open: the service can begin to stop meanwhile.
  closing.defer(async () => opened?.close())
  opened = await connectMongo({ uri, database, log, signal, onWait })
  return opened
}

/** Connects a service to Kafka as `connect` does, and closes the connection with the service. */
export async function openKafka(
  service: Service,
  config: CommonSettings,
  topics: Topic[],
): Promise<KafkaPort> {
  const kafka = await startKafka(service, { ...kafkaOptions(config), service: service.name, topics })
  service.closing.defer(() => kafka.close())
  return kafka
}

async function startKafka(
  { log, fail, signal }: Service,
  options: Omit<KafkaOptions, 'log' | 'onCrash'>,
): Promise<KafkaPort> {
  const blocks = openBlocks()
  const waits = Promise.withResolvers<undefined>()
  let reason: Error | undefined
  const onWait = (error: Error) => {
    reason = error
    // Some brokers do not know a new topic yet. The next attempt succeeds soon, so the service keeps waiting.
    if ((error as { type?: string }).type !== 'UNKNOWN_TOPIC_OR_PARTITION') waits.resolve(undefined)
  }
  const opening = connectKafka({ ...options, blocks, onWait, log, onCrash: fail, signal })
  const port = await Promise.race([opening, waits.promise])
  if (port !== undefined) return port
  opening.catch(fail)
  return latePort(opening, blocks, () => `waiting: ${reason?.message}`)
}

function kafkaOptions(config: CommonSettings) {
  const { TOPIC_REPLICATION_FACTOR: factor, TOPIC_MIN_INSYNC_REPLICAS: minInSync } = config
  const stallMs = config.CONSUMER_STALL_SECONDS * 1000
  return { ...kafkaConnection(config), replication: { factor, minInSync }, stallMs }
}
