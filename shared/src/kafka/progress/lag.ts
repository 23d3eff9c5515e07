import type { Admin } from 'kafkajs'
import { fetchCommitted, logBounds } from '../offsets.ts'

/** How far a consumer group is in a partition. */
export interface Lag {
  partition: number
  /** The offset of the next record that the group handles. */
  position: bigint
  /** The offset after the last record. */
  end: bigint
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
