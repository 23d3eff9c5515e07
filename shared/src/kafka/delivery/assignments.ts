import type { Consumer } from 'kafkajs'

interface Options {
  /** The topic's name on the broker. */
  topic: string
  onAssigned: ((partitions: number[], isAlone: boolean) => void) | undefined
  /** See `countMembers`. */
  members: () => number
  /** The next offset of each partition, where a consumer that commits nothing begins. Undefined if the consumer commits its position. */
  start: ReadonlyMap<number, bigint> | undefined
}

/**
 * Follows the assignments of a consumer. If it commits nothing, lets it continue at its own position after it has joined
 * its group again: kafkajs would begin at the end of the log, and pass the records between.
 * @returns a function to call with the next offset of a partition after messages are handled
 */
export function followAssignments(
  consumer: Consumer,
  { topic, onAssigned, members, start }: Options,
): (partition: number, next: bigint) => void {
  const positions = new Map(start)
  // kafkajs calls listeners before it fetches for the new assignment.
  consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
    const partitions = (payload.memberAssignment[topic] ?? []).toSorted((a, b) => a - b)
    if (start !== undefined)
      // A partition that is not in `start` was added later, so all its records are new.
      for (const partition of partitions)
        consumer.seek({ topic, partition, offset: String(positions.get(partition) ?? 0n) })
    onAssigned?.(partitions, payload.isLeader && members() === 1)
  })
  return (partition, next) => void positions.set(partition, next)
}
