import type { Admin } from 'kafkajs'

/** A place in a topic: for each partition the offset of the next record. */
export type Offsets = Map<number, bigint>

/** Where each partition begins (what was before is deleted) and ends. */
export async function logBounds(admin: Admin, topic: string): Promise<{ begin: Offsets; end: Offsets }> {
  const partitions = await admin.fetchTopicOffsets(topic)
  const at = (field: 'low' | 'high') => new Map(partitions.map(p => [p.partition, BigInt(p[field])]))
  return { begin: at('low'), end: at('high') }
}

/** What a consumer group has committed; a partition of which it has committed nothing is left out. */
export async function committedOffsets(admin: Admin, groupId: string, topic: string): Promise<Offsets> {
  const { committed } = await fetchCommitted(admin, groupId, topic)
  return committed
}

/**
 * How far a consumer group is. That is what it has committed. Where it has committed nothing and the first records are
 * deleted, it is at the begin of the log: it commits nothing there when retention has taken every record.
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
  // -1 where it has committed none.
  return { committed: new Map(offsets.filter(([, offset]) => offset >= 0n)), partitions: offsets.length }
}

/**
 * The end of a topic as a barrier: its high watermarks, so that a transaction that is still open is waited for.
 * Partitions that hold no record are left out, be it that none was written or that retention has taken all.
 */
export async function endOffsets(admin: Admin, topic: string): Promise<Offsets> {
  const { begin, end } = await logBounds(admin, topic)
  return new Map([...end].filter(([partition, offset]) => begin.get(partition) !== offset))
}

/** Whether a group whose positions are given has passed a barrier. */
export function hasPassed(positions: Offsets, barrier: Offsets): boolean {
  return [...barrier].every(([partition, end]) => (positions.get(partition) ?? -1n) >= end)
}

/** Offsets as JSON keeps them: partition to offset, both strings, since an offset has 64 bits. */
export const offsetsToJson = (offsets: Offsets): Record<string, string> =>
  Object.fromEntries([...offsets].sort(([a], [b]) => a - b).map(([p, offset]) => [String(p), String(offset)]))

/** The inverse of `offsetsToJson`. */
export const offsetsFromJson = (json: Record<string, string>): Offsets =>
  new Map(Object.entries(json).map(([partition, offset]) => [Number(partition), BigInt(offset)]))
