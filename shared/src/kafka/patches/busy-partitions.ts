import { groupCommit } from '../../async/group-commit.ts'

export type Place = { topic: string; partition: number }

/** The part of a consumer in kafkajs that knows its membership and its fetches. */
export interface ConsumerGroup {
  maxWaitTime: number
  getActiveTopicPartitions(): Record<string, Set<number>>
  joinAndSync(): Promise<void>
  /** Commits the given offsets, by default those of all handled messages. */
  commitOffsets(offsets?: unknown): Promise<void>
}

/** The batches that a consumer handles now. */
export interface Work {
  /** By partition. The promises never reject. */
  busy: Map<string, Promise<void>>
  /** Resolves when the offsets of all handled batches are committed. Never rejects. */
  committed: Promise<void>
  /** Why the consumer must stop fetching. */
  failure: Error | undefined
}

const works = new WeakMap<ConsumerGroup, Work>()
/** Returns what a consumer handles now. */
export function workOf(group: ConsumerGroup): Work {
  const work = works.get(group) ?? { busy: new Map(), committed: Promise.resolve(), failure: undefined }
  works.set(group, work)
  return work
}
/** Names a partition in `busy`. */
export const keyOf = ({ topic, partition }: Place) => `${topic}/${partition}`

/** Resolves when a partition of a consumer can be fetched. */
export async function freePartition(group: ConsumerGroup): Promise<void> {
  const { busy } = workOf(group)
  const isFree = () => Object.values(group.getActiveTopicPartitions()).some(({ size }) => size > 0)
  if (busy.size > 0 && !isFree()) await Promise.race(busy.values())
}

/**
 * Leaves busy partitions out of fetches, joins the group only when no partition is busy and all handled offsets are committed,
 * and commits once for all batches that end during a commit.
 */
export function patchGroup(group: ConsumerGroup): void {
  const { getActiveTopicPartitions, joinAndSync, commitOffsets } = group
  group.getActiveTopicPartitions = function (this: ConsumerGroup) {
    const active = Object.entries(getActiveTopicPartitions.call(this))
    const { busy } = workOf(this)
    const isFree = (topic: string) => (partition: number) => !busy.has(keyOf({ topic, partition }))
    return Object.fromEntries(active.map(([topic, all]) => [topic, new Set([...all].filter(isFree(topic)))]))
  }
  group.joinAndSync = async function (this: ConsumerGroup) {
    const work = workOf(this)
    // A commit names the membership that it was begun with.
    await work.committed
    if (work.busy.size === 0) return joinAndSync.call(this)
    // An error of this type ends all fetches and handlers, and then the consumer joins.
    throw Object.assign(new Error('the group is joined again'), { type: 'REBALANCE_IN_PROGRESS' })
  }
  const shared = new WeakMap<ConsumerGroup, () => Promise<void>>()
  group.commitOffsets = function (this: ConsumerGroup, offsets) {
    if (offsets !== undefined) return commitOffsets.call(this, offsets)
    const commit = shared.get(this) ?? sharedCalls(() => commitOffsets.call(this))
    shared.set(this, commit)
    return commit()
  }
}

/** Makes calls that arrive during a call share the next one. */
function sharedCalls(call: () => Promise<void>): () => Promise<void> {
  const share = groupCommit<undefined, undefined>(async waiting => {
    await call()
    return waiting
  }, Number.POSITIVE_INFINITY)
  return () => share(undefined)
}
