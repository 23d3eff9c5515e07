import { createRequire } from 'node:module'
import { test } from 'tap'
import { rejoinOnce } from '../../../src/kafka/patches/rejoin-once.ts'

interface Group {
  partitionsPerSubscribedTopic: Map<string, number[]>
  fetch(nodeId: string): Promise<unknown>
}

const require = createRequire(import.meta.url)
const ConsumerGroup = require('kafkajs/src/consumer/consumerGroup') as new (options: object) => Group
rejoinOnce()

/** A member that knows one partition of a topic that has two. */
function setUp() {
  const calls = { joins: 0 }
  const cluster = {
    refreshMetadataIfNecessary: async () => undefined,
    findTopicPartitionMetadata: () => [{ partitionId: 0 }, { partitionId: 1 }],
    async findGroupCoordinator() {
      calls.joins += 1
      throw Object.assign(new Error('there is none'), { retriable: false })
    },
  }
  const log = () => undefined
  const logger = { namespace: () => ({ debug: log, info: log, warn: log, error: log }) }
  const group = new ConsumerGroup({ cluster, logger, topics: ['letters'], retry: { retries: 0 } })
  group.partitionsPerSubscribedTopic = new Map([['letters', [0]]])
  return { group, calls }
}

test('concurrent fetches that find a new partition end, and none of them joins the group', async t => {
  const { group, calls } = setUp()
  const fetches = await Promise.allSettled([group.fetch('1'), group.fetch('2')])
  t.match(fetches, [
    { status: 'rejected', reason: { type: 'REBALANCE_IN_PROGRESS' } },
    { status: 'rejected', reason: { type: 'REBALANCE_IN_PROGRESS' } },
  ])
  t.equal(calls.joins, 0)
})
