import { createRequire } from 'node:module'

interface ConsumerGroup {
  checkForStaleAssignment(): void
}

/**
 * Has a consumer join its group once when partitions were added. kafkajs 2.2.4 fetches from all brokers side by side, and each
 * fetch that finds a new partition joins by itself. A broker answers the last join of a member only, so the other fetches
 * would wait for minutes. An error of this type ends all fetches, and then the consumer joins.
 */
export function rejoinOnce(): void {
  const require = createRequire(import.meta.url)
  const group = require('kafkajs/src/consumer/consumerGroup') as { prototype: ConsumerGroup }
  const checkForStaleAssignment = group.prototype.checkForStaleAssignment
  group.prototype.checkForStaleAssignment = function (this: ConsumerGroup) {
    try {
      checkForStaleAssignment.call(this)
    } catch (error) {
      if ((error as Error).name !== 'KafkaJSStaleTopicMetadataAssignment') throw error
      const message = 'partitions were added'
      throw Object.assign(new Error(message, { cause: error }), { type: 'REBALANCE_IN_PROGRESS' })
    }
  }
}
