import { createRequire } from 'node:module'

interface Cluster {
  isolationLevel?: number
  fetchTopicsOffset(topics: unknown): Promise<unknown>
}

// https://kafka.apache.org/protocol#The_Messages_ListOffsets
const READ_UNCOMMITTED = 0

/**
 * Makes the admin client answer with the end of a partition. kafkajs 2.2.4 asks for the end of what is committed, where
 * nothing else is said: records behind the first open transaction are then not counted, whoever published them. A
 * consumer says which end it wants.
 */
export function askForHighWatermarks(): void {
  const require = createRequire(import.meta.url)
  const cluster = require('kafkajs/src/cluster') as { prototype: Cluster }
  const fetchTopicsOffset = cluster.prototype.fetchTopicsOffset
  cluster.prototype.fetchTopicsOffset = function (this: Cluster, topics) {
    this.isolationLevel ??= READ_UNCOMMITTED
    return fetchTopicsOffset.call(this, topics)
  }
}
