import { createRequire } from 'node:module'

interface ConsumerGroup {
  checkForStaleAssignment(): void
}

/**
 * Makes a consumer rejoin its group once when partitions were added. kafkajs 2.2.4 fetches from all brokers concurrently,
 * and each fetch that finds a new partition rejoins. A broker answers only the last join of a member, so the other fetches
 * would wait for minutes. An error of the type REBALANCE_IN_PROGRESS ends all fetches before the consumer rejoins.
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
