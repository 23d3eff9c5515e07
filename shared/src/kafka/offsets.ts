import type { Admin } from 'kafkajs'
import type { Lag } from './progress/watch-progress.ts'

/** A position in a topic: for each partition the offset of the next record. */
export type Offsets = Map<number, bigint>

/** Returns the start and the end of each partition's log. Records before the start are deleted. */
export async function logBounds(admin: Admin, topic: string): Promise<{ begin: Offsets; end: Offsets }> {
  const partitions = await admin.fetchTopicOffsets(topic)
  const at = (field: 'low' | 'high') => new Map(partitions.map(p => [p.partition, BigInt(p[field])]))
  return { begin: at('low'), end: at('high') }
}

/** Returns the offsets that a consumer group has committed, without the partitions for which it has committed no offset. */
export async function committedOffsets(admin: Admin, groupId: string, topic: string): Promise<Offsets> {
  const { committed } = await fetchCommitted(admin, groupId, topic)
  return committed
}

/**
 * Returns the position of a consumer group: its committed offset. In a partition without a committed offset whose first
 * records are deleted, the position is the start of the log: a group commits nothing there after retention deleted every
 * record.
 */
export async function positions(admin: Admin, groupId: string, topic: string): Promise<Offsets> {
  const { committed, partitions } = await fetchCommitted(admin, groupId, topic)
  if (committed.size === partitions) return committed
  const { begin } = await logBounds(admin, topic)
  return new Map([...[...begin].filter(([, offset]) => offset > 0n), ...committed])
}

async function fetchCommitted(admin: Admin, groupId: string, topic: string) {
  const [{ partitions } = { partitions: [] }] = await admin.fetchOffsets({ groupId, topics: [topic] })
  const offsets = partitions.map(p => [p.partition, BigInt(p.offset)] as const)
  // Kafka answers -1 for a partition without a committed offset.
  return { committed: new Map(offsets.filter(([, offset]) => offset >= 0n)), partitions: offsets.length }
}

/** @returns how far a group is in each partition of a topic. A group without a position is at the start of the log. */
export async function lagsOf(admin: Admin, groupId: string, topic: string): Promise<Lag[]> {
  // The positions first: a position that is read after the end could be behind a record that the end does not include.
  const { committed } = await fetchCommitted(admin, groupId, topic)
  const { begin, end } = await logBounds(admin, topic)
  return [...end].map(([partition, last]) => ({
    partition,
    position: committed.get(partition) ?? begin.get(partition) ?? 0n,
    end: last,
  }))
}

/**
 * Returns the end of a topic as a barrier: its high watermarks, so that the barrier includes the records of open
 * transactions. Partitions without records are left out: nothing was written to them, or retention deleted all records.
 */
export async function endOffsets(admin: Admin, topic: string): Promise<Offsets> {
  const { begin, end } = await logBounds(admin, topic)
  return new Map([...end].filter(([partition, offset]) => begin.get(partition) !== offset))
}

/**
 * Returns, for each partition, the offset of the first record that is not older than an instant, by the times of the records; the end
 * of the partition if there is none.
 */
export async function offsetsSince(admin: Admin, topic: string, instant: Date): Promise<Offsets> {
  const found = await admin.fetchTopicOffsetsByTimestamp(topic, instant.getTime())
  return new Map(found.map(({ partition, offset }) => [partition, BigInt(offset)]))
}

/** Returns whether a group at these positions has passed a barrier. */
export function hasPassed(positions: Offsets, barrier: Offsets): boolean {
  return [...barrier].every(([partition, end]) => (positions.get(partition) ?? -1n) >= end)
}

/** Converts offsets to JSON: partition to offset, both strings, because an offset has 64 bits. */
export const offsetsToJson = (offsets: Offsets): Record<string, string> =>
  Object.fromEntries([...offsets].sort(([a], [b]) => a - b).map(([p, offset]) => [String(p), String(offset)]))

/** The inverse of `offsetsToJson`. */
export const offsetsFromJson = (json: Record<string, string>): Offsets =>
  new Map(Object.entries(json).map(([partition, offset]) => [Number(partition), BigInt(offset)]))
