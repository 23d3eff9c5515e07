import kafkajs, { type Admin } from 'kafkajs'
import type { Logger } from 'pino'
import { catalogue } from '../errors.ts'
import type { Topic } from '../events/topics.ts'

/**
 * Creates topics that do not exist yet, with their settings. One that exists is left as it is, and told about where
 * it differs: an operator may have had reasons.
 * @param name makes a topic's name on this broker
 */
export async function ensureTopics(
  admin: Admin,
  topics: Topic[],
  name: (topic: Topic) => string,
  log: Logger,
): Promise<void> {
  const existing = new Set(await admin.listTopics())
  const missing = topics.filter(topic => !existing.has(name(topic)))
  await admin.createTopics({
    waitForLeaders: true,
    topics: missing.map(topic => ({
      topic: name(topic),
      numPartitions: topic.partitions,
      configEntries: Object.entries(topic.settings).map(([key, value]) => ({ name: key, value })),
    })),
  })
  for (const topic of topics.filter(topic => !missing.includes(topic))) {
    const drift = await driftOf(admin, topic, name(topic))
    if (drift.length > 0)
      log.warn(
        { code: 'DAYBOOK_KAFKA_TOPIC_DRIFT', topic: name(topic), drift },
        catalogue.DAYBOOK_KAFKA_TOPIC_DRIFT,
      )
  }
}

async function driftOf(admin: Admin, topic: Topic, name: string): Promise<string[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [name] })
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name, configNames: Object.keys(topic.settings) }],
  })
  const actual = new Map(resources[0]?.configEntries.map(entry => [entry.configName, entry.configValue]))
  const partitions = topics[0]?.partitions.length
  return [
    ...(partitions === topic.partitions ? [] : [`partitions: ${partitions}, defined ${topic.partitions}`]),
    ...Object.entries(topic.settings)
      .filter(([key, value]) => actual.get(key) !== value)
      .map(([key, value]) => `${key}: ${actual.get(key)}, defined ${value}`),
  ]
}
