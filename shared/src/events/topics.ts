import type { Envelope } from './envelope.ts'

/** A topic and the settings it is created with. */
export interface Topic {
  name: string
  partitions: number
  /** What it has beside `everyTopic`, or instead; https://kafka.apache.org/documentation/#topicconfigs */
  settings: Record<string, string>
}

/**
 * What every topic has, whatever its cluster's defaults are, since promises of docs/events.md depend on it. The values are
 * Kafka's own defaults. Every broker since Kafka 1.0 knows these settings.
 *
 * The other settings are left to the cluster, because no promise depends on them: segments, flushing, indexes, throttling,
 * tiered storage, what only compaction reads, and how far timestamps may be from the broker's clock (ours are the time of
 * publishing).
 */
export const everyTopic = {
  // Every event is kept, not only the last one of a key.
  'cleanup.policy': 'delete',
  // Nothing is deleted because there is much of it.
  'retention.bytes': '-1',
  // A record keeps the time at which it was sent.
  'message.timestamp.type': 'CreateTime',
  // Batches are stored as they were sent, so that no reader needs a codec that no producer chose.
  'compression.type': 'producer',
  // More than the largest event and more than a batch of ours, see BATCH_BYTES in kafka/producer.ts.
  'max.message.bytes': '1048588',
  // A replica that lacks acknowledged records does not become the leader: they would be lost.
  'unclean.leader.election.enable': 'false',
}

const forEver = { 'retention.ms': '-1' }
const days = (count: number) => ({ 'retention.ms': String(count * 86_400_000) })

/** The topics that other teams read. What they hold, by which key and for how long, is promised in docs/events.md. */
export const topics = {
  tasks: { name: 'daybook.tasks', partitions: 6, settings: forEver },
  clock: { name: 'daybook.clock', partitions: 1, settings: days(365) },
  reports: { name: 'daybook.reports', partitions: 1, settings: forEver },
} satisfies Record<string, Topic>

/** The record key of an event: all that has one key is in one partition, in order. */
export const keyOf = {
  tasks: (event: Envelope<string, { userId: string }>) => event.data.userId,
  clock: (event: Envelope) => event.subject,
  reports: (event: Envelope<string, { day: string }>) => event.data.day,
}
