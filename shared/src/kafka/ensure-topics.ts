import kafkajs, { type Admin } from 'kafkajs'
import type { Logger } from 'pino'
import { catalogue } from '../failures/errors.ts'
import { refusalIn } from './failures/authorization.ts'
import { everyTopic, type Topic } from './topic.ts'

/** The replication of a stack's topics. The brokers' defaults apply where a value is absent. */
export interface Replication {
  factor?: number | undefined
  /** The number of replicas that must have a record before a write is acknowledged. */
  minInSync?: number | undefined
}

/** A topic under its name on the broker, with the complete settings to create it with. */
interface Definition extends Topic {
  factor: number | undefined
}

/**
 * Creates missing topics with their settings. Existing topics are not altered, because an operator may have had reasons;
 * one log line lists each topic's differences.
 * @param options.name returns a topic's name on the broker
 */
export async function ensureTopics(
  admin: Admin,
  topics: Topic[],
  options: { name: (topic: Topic) => string; replication?: Replication | undefined; log: Logger },
): Promise<void> {
  const { name, replication, log } = options
  const defined = topics.map(topic => define(topic, name(topic), replication))
  const existing = new Set(await admin.listTopics())
  await create(
    admin,
    defined.filter(topic => !existing.has(topic.name)),
  )
  for (const topic of defined.filter(topic => existing.has(topic.name))) {
    const drift = await aboutTopic(topic.name, () => driftOf(admin, topic))
    if (drift.length > 0)
      log.warn(
        { code: 'DAYBOOK_KAFKA_TOPIC_DRIFT', topic: topic.name, drift },
        catalogue.DAYBOOK_KAFKA_TOPIC_DRIFT,
      )
  }
}

function define(topic: Topic, name: string, { factor, minInSync }: Replication = {}): Definition {
  const inSync = minInSync === undefined ? {} : { 'min.insync.replicas': String(minInSync) }
  return {
    name,
    partitions: topic.partitions,
    factor,
    settings: { ...everyTopic, ...topic.settings, ...inSync },
  }
}

async function create(admin: Admin, topics: Definition[]): Promise<void> {
  try {
    await admin.createTopics({
      waitForLeaders: true,
      topics: topics.map(({ name, partitions, factor, settings }) => ({
        topic: name,
        numPartitions: partitions,
        ...(factor === undefined ? {} : { replicationFactor: factor }),
        configEntries: Object.entries(settings).map(([key, value]) => ({ name: key, value })),
      })),
    })
  } catch (error) {
    // The message of an aggregate error does not name the errors in it.
    if (error instanceof kafkajs.KafkaJSAggregateError)
      error.message = error.errors
        .map(one => `${(one as { topic?: string }).topic}: ${(one as Error).message}`)
        .join('; ')
    throw error
  }
}

/** Adds the topic to an authorization refusal: the broker does not name it in the answer to a request about one topic. */
async function aboutTopic<T>(topic: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    const refusal = refusalIn(error)
    if (refusal !== undefined) refusal.topic ??= topic
    throw error
  }
}

async function driftOf(admin: Admin, { name, partitions, factor, settings }: Definition): Promise<string[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] })
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: Object.keys(settings) }],
  })
  const configured = new Map(resources[0]?.configEntries.map(entry => [entry.configName, entry.configValue]))
  const found = topics[0]?.partitions ?? []
  // The factors of a topic's partitions differ while partitions are being moved.
  const factors = [...new Set(found.map(({ replicas }) => replicas.length))].join(', ')
  const compared = [
    ['partitions', String(found.length), String(partitions)],
    ['replication factor', factors, factor === undefined ? factors : String(factor)],
    ...Object.entries(settings).map(([key, value]) => [key, configured.get(key), value]),
  ]
  return compared
    .filter(([, actual, defined]) => actual !== defined)
    .map(([what, actual, defined]) => `${what}: ${actual}, defined ${defined}`)
}
