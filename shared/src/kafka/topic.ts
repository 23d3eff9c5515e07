/** A topic and the settings it is created with. */
export interface Topic {
  /** The name without the stack's prefix. */
  name: string
  partitions: number
  /** Settings in addition to `everyTopic`, or in place of them; https://kafka.apache.org/documentation/#topicconfigs */
  settings: Record<string, string>
}

/**
 * The settings of every topic. Promises of docs/events.md depend on them, so topics do not take them from the cluster's
 * defaults. The values are Kafka's own defaults. Every broker since Kafka 1.0 knows these settings.
 *
 * No promise depends on the other settings, so the cluster chooses them: segments, flushing, indexes, throttling, tiered
 * storage, compaction, and how far timestamps may be from the broker's clock (Daybook's timestamps are the time of
 * publishing).
 */
export const everyTopic = {
  // Keeps every event, not only the last one of a key.
  'cleanup.policy': 'delete',
  // Deletes nothing because of its size.
  'retention.bytes': '-1',
  // A record keeps the time at which it was sent, unless the topic says that the broker's clock counts.
  'message.timestamp.type': 'CreateTime',
  // Stores batches as producers sent them, so that readers need only the codecs that the producers use.
  'compression.type': 'producer',
  // Larger than the largest event and than any batch of Daybook, see BATCH_BYTES in producer.ts.
  'max.message.bytes': '1048588',
  // A replica that lacks acknowledged records does not become the leader: the records would be lost.
  'unclean.leader.election.enable': 'false',
}
