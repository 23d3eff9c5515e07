import kafkajs, { type Admin } from 'kafkajs'
import type { Logger } from 'pino'
import { catalogue } from '../failures/errors.ts'
import { refusalIn } from './failures/authorization.ts'
import { everyTopic, type Topic } from './topic.ts'

/** How the topics of a stack are replicated; what is not set is for the brokers to say. */
export interface Replication {
  factor?: number | undefined
  /** How many replicas must have a record before it counts as written. */
  minInSync?: number | undefined
}

/** A topic by its name on the broker, with all that it is to have there. */
interface Definition extends Topic {
  factor: number | undefined
}

/**
 * Creates topics that do not exist yet, with their settings. One that exists is left as it is, and told about where
 * it differs: an operator may have had reasons.
 * @param options.name makes a topic's name on this broker
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
    // Of itself it says that there were errors, and not which.
    if (error instanceof kafkajs.KafkaJSAggregateError)
      error.message = error.errors
        .map(one => `${(one as { topic?: string }).topic}: ${(one as Error).message}`)
        .join('; ')
    throw error
  }
}

/** Names the topic in a refusal, which does not name it where it answers a question about one topic. */
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
  // While partitions are being moved, they differ.
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
