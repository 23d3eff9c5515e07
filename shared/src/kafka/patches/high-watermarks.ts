import { createRequire } from 'node:module'

interface Cluster {
  isolationLevel?: number
  fetchTopicsOffset(topics: unknown): Promise<unknown>
}

// https://kafka.apache.org/protocol#The_Messages_ListOffsets
const READ_UNCOMMITTED = 0

/**
 * Makes the admin client return high watermarks as the ends of partitions. By default kafkajs 2.2.4 asks for the last stable
 * offset, which excludes all records after the first open transaction. A consumer sets its isolation level itself.
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
