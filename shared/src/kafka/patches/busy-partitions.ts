export type Place = { topic: string; partition: number }

/** The part of a consumer in kafkajs that knows its membership and its fetches. */
export interface ConsumerGroup {
  maxWaitTime: number
  getActiveTopicPartitions(): Record<string, Set<number>>
  joinAndSync(): Promise<void>
}

/** The batches that a consumer handles now. */
export interface Work {
  /** By partition. The promises never reject. */
  busy: Map<string, Promise<void>>
  /** Why the consumer must stop fetching. */
  failure: Error | undefined
}

export const works = new WeakMap<ConsumerGroup, Work>()
/** Returns what a consumer handles now. */
export const workOf = (group: ConsumerGroup): Work =>
  works.get(group) ?? { busy: new Map(), failure: undefined }
/** Names a partition in `busy`. */
export const keyOf = ({ topic, partition }: Place) => `${topic}/${partition}`

/** Leaves busy partitions out of fetches, and joins the group only when no partition is busy. */
export function patchGroup(group: ConsumerGroup): void {
  const { getActiveTopicPartitions, joinAndSync } = group
  group.getActiveTopicPartitions = function (this: ConsumerGroup) {
    const active = Object.entries(getActiveTopicPartitions.call(this))
    const { busy } = workOf(this)
    const isFree = (topic: string) => (partition: number) => !busy.has(keyOf({ topic, partition }))
    return Object.fromEntries(active.map(([topic, all]) => [topic, new Set([...all].filter(isFree(topic)))]))
  }
  group.joinAndSync = async function (this: ConsumerGroup) {
    if (workOf(this).busy.size === 0) return joinAndSync.call(this)
    // An error of this type ends all fetches and handlers, and then the consumer joins.
    throw Object.assign(new Error('the group is joined again'), { type: 'REBALANCE_IN_PROGRESS' })
  }
}
