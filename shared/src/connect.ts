import type { Connection } from 'mongoose'
import type { CommonSettings } from './common-settings.ts'
import type { Topic } from './events/topics.ts'
import { connectKafka, type KafkaPort } from './kafka/connect.ts'
import { connectMongo } from './mongo.ts'
import type { Service } from './service.ts'

/**
 * Connects a service to MongoDB and Kafka, waiting for as long as they are away, and has both closed with it.
 * @param topics the topics that the service uses, which are created if need be
 * @throws DaybookError DAYBOOK_LOGIN_REFUSED or DAYBOOK_TLS_REFUSED
 */
export async function connect(
  { log, closing, fail, signal }: Service,
  config: CommonSettings,
  { clientId, topics }: { clientId: string; topics: Topic[] },
): Promise<{ mongo: Connection; kafka: KafkaPort }> {
  const mongo = await connectMongo({
    uri: config.MONGODB_URI,
    database: config.MONGODB_DATABASE,
    log,
    signal,
  })
  closing.defer(() => mongo.close())
  const kafka = await connectKafka({
    ...kafkaOptions(config),
    clientId,
    topics,
    log,
    onCrash: fail,
    signal,
  })
  closing.defer(() => kafka.close())
  return { mongo, kafka }
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
