import kafkajs, { type PartitionAssigner } from 'kafkajs'

/**
 * Makes the assigner of a consumer, which assigns partitions in turn, as by default.
 * @returns also how many members the group had when this consumer last assigned its partitions, as only its leader does
 */
export function countMembers(): { assigner: PartitionAssigner; count: () => number } {
  let count = 0
  const assigner: PartitionAssigner = given => {
    const inTurn = kafkajs.PartitionAssigners.roundRobin(given)
    return {
      ...inTurn,
      assign(group) {
        count = group.members.length
        return inTurn.assign(group)
      },
    }
  }
  return { assigner, count: () => count }
}
