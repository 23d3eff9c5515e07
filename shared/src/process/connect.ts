import type { CommonSettings } from '../config/common-settings.ts'
import { openBlocks } from '../failures/blocks.ts'
import { connectKafka, type KafkaOptions, type KafkaPort } from '../kafka/connect.ts'
import { latePort } from '../kafka/late-port.ts'
import type { Topic } from '../kafka/topic.ts'
import { connectMongo } from '../mongo/connect-mongo.ts'
import type { Service } from './service.ts'

/**
 * Connects a service to MongoDB and Kafka, and has both closed with it. MongoDB is waited for. So is Kafka, up to the first
 * attempt that fails, since it is away or does not authorize us: then the port connects in the background, and the
 * service starts without it. Once it starts with Kafka connected, its topics exist.
 * @param topics the topics that the service uses, which are created if need be
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED; in the background, it ends the service
 */
export async function connect(
  service: Service,
  config: CommonSettings,
  needs: { clientId: string; topics: Topic[] },
): Promise<{ mongo: Awaited<ReturnType<typeof connectMongo>>; kafka: KafkaPort }> {
  const { log, closing, signal } = service
  const [uri, database] = [config.MONGODB_URI, config.MONGODB_DATABASE]
  const mongo = await connectMongo({ uri, database, log, signal })
  closing.defer(() => mongo.close())
  const kafka = await startKafka(service, { ...kafkaOptions(config), ...needs })
  closing.defer(() => kafka.close())
  return { mongo, kafka }
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
    // Topics that were just created are not known to every broker at once: that is no reason to start without them.
    if ((error as { type?: string }).type !== 'UNKNOWN_TOPIC_OR_PARTITION') waits.resolve(undefined)
  }
  const opening = connectKafka({ ...options, blocks, onWait, log, onCrash: fail, signal })
  const port = await Promise.race([opening, waits.promise])
  if (port !== undefined) return port
  opening.catch(fail)
  return latePort(opening, blocks, () => `waiting: ${reason?.message}`)
}

function kafkaOptions(config: CommonSettings) {
  const { KAFKA_TLS_CA: ca, KAFKA_TLS_CERT: cert, KAFKA_TLS_KEY: key } = config
  const {
    KAFKA_SASL_MECHANISM: mechanism,
    KAFKA_SASL_USERNAME: username,
    KAFKA_SASL_PASSWORD: password,
  } = config
  return {
    brokers: config.KAFKA_BROKERS.split(','),
    prefix: config.TOPIC_PREFIX,
    tls: config.KAFKA_TLS ? { ca, cert, key } : undefined,
    sasl: mechanism && username && password ? { mechanism, username, password } : undefined,
    replication: { factor: config.TOPIC_REPLICATION_FACTOR, minInSync: config.TOPIC_MIN_INSYNC_REPLICAS },
  }
}
