import type { Connection } from 'mongoose'
import type { Topic } from './events/topics.ts'
import { connectKafka, type KafkaPort } from './kafka/connect.ts'
import { connectMongo } from './mongo.ts'
import type { Service } from './service.ts'

/** The settings that say where a service's MongoDB and Kafka are. */
export interface Whereabouts {
  MONGODB_URI: string
  MONGODB_DATABASE: string
  KAFKA_BROKERS: string
  TOPIC_PREFIX: string
}

/**
 * Connects a service to MongoDB and Kafka, waiting for as long as they are away, and has both closed with it.
 * @param topics the topics that the service uses, which are created if need be
 */
export async function connect(
  { log, closing, fail, signal }: Service,
  config: Whereabouts,
  { clientId, topics }: { clientId: string; topics: Topic[] },
): Promise<{ mongo: Connection; kafka: KafkaPort }> {
  const mongo = await connectMongo({
    uri: config.MONGODB_URI,
    database: config.MONGODB_DATABASE,
    log,
    signal,
  })
  closing.defer(() => mongo.close())
  const brokers = config.KAFKA_BROKERS.split(',')
  const kafka = await connectKafka({
    brokers,
    clientId,
    prefix: config.TOPIC_PREFIX,
    topics,
    log,
    onCrash: fail,
    signal,
  })
  closing.defer(() => kafka.close())
  return { mongo, kafka }
}
