import type { Admin } from 'kafkajs'

/** A place in a topic: for each partition the offset of the next record. */
export type Offsets = Map<number, bigint>

/** Where each partition begins (what was before is deleted) and ends. */
export async function logBounds(admin: Admin, topic: string): Promise<{ begin: Offsets; end: Offsets }> {
  const partitions = await admin.fetchTopicOffsets(topic)
  const at = (field: 'low' | 'high') => new Map(partitions.map(p => [p.partition, BigInt(p[field])]))
  return { begin: at('low'), end: at('high') }
}

/** What a consumer group has committed; a partition it never committed is left out. */
export async function committedOffsets(admin: Admin, groupId: string, topic: string): Promise<Offsets> {
  const [fetched] = await admin.fetchOffsets({ groupId, topics: [topic] })
  const committed = (fetched?.partitions ?? []).map(p => [p.partition, BigInt(p.offset)] as const)
  return new Map(committed.filter(([, offset]) => offset >= 0n))
}

/**
 * The end of a topic as a barrier. Partitions that hold no record are left out: nobody ever commits anything there,
 * be it that none was written or that retention has taken all.
 */
export async function endOffsets(admin: Admin, topic: string): Promise<Offsets> {
  const { begin, end } = await logBounds(admin, topic)
  return new Map([...end].filter(([partition, offset]) => begin.get(partition) !== offset))
}

/** Whether a group has passed a barrier. */
export function hasPassed(committed: Offsets, barrier: Offsets): boolean {
  return [...barrier].every(([partition, end]) => (committed.get(partition) ?? -1n) >= end)
}

/** Offsets as JSON keeps them: partition to offset, both strings, since an offset has 64 bits. */
export const offsetsToJson = (offsets: Offsets): Record<string, string> =>
  Object.fromEntries([...offsets].sort(([a], [b]) => a - b).map(([p, offset]) => [String(p), String(offset)]))

/** The inverse of `offsetsToJson`. */
export const offsetsFromJson = (json: Record<string, string>): Offsets =>
  new Map(Object.entries(json).map(([partition, offset]) => [Number(partition), BigInt(offset)]))
