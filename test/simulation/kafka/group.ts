import type { Offsets } from '@daybook/shared/kafka'
import type { Time } from '../world/time.ts'

/** A member of a consumer group, as the broker knows it. */
export interface Member {
  /** Called when there may be something to do: a record, or a rebalance. */
  wake: () => void
}

/** What a member gets by joining. */
export interface Assignment {
  generation: number
  partitions: number[]
  isAlone: boolean
}

/** A consumer group: who has which partition, and which offsets are committed. */
export interface Group {
  topic: string
  committed: Offsets
  /** Joins, or joins again. Resolves when all members have done so. */
  join: (member: Member) => Promise<Assignment>
  /** Removes a member that leaves, or whose session has expired. */
  leave: (member: Member) => void
  /** Whether a member still has the partitions of a generation, and no rebalance is under way. */
  isCurrent: (member: Member, generation: number) => boolean
  /** @returns false if the member does not belong to this generation any more; then nothing is committed */
  commit: (member: Member, generation: number, offsets: Offsets) => boolean
  wake: () => void
}

interface Options {
  topic: string
  /** How many partitions the topic has. */
  partitions: number
  time: Time
  /** Draws how many milliseconds a rebalance waits for other members. */
  rebalanceMs: () => number
}

/** Makes a group whose members all give up their partitions at each rebalance. */
export function makeGroup({ topic, partitions, time, rebalanceMs }: Options): Group {
  // The members, each with what it waits for after it has joined.
  const members = new Map<Member, ((assignment: Assignment) => void) | undefined>()
  const committed: Offsets = new Map()
  let generation = 0
  let isStable = true
  let isDue = false

  const wake = () => {
    for (const member of members.keys()) member.wake()
  }

  /** Members learn of it by their heartbeats, and join again. */
  function rebalance(): void {
    if (isStable) {
      isStable = false
      isDue = false
      time.after(rebalanceMs(), () => {
        isDue = true
        completeIfAll()
      })
      wake()
    }
    completeIfAll()
  }

  function completeIfAll(): void {
    if (isStable || !isDue || [...members.values()].includes(undefined)) return
    isStable = true
    generation += 1
    const all = [...members]
    for (const [place, [member, joined]] of all.entries()) {
      const mine = Array.from({ length: partitions }, (_, p) => p).filter(p => p % all.length === place)
      members.set(member, undefined)
      joined?.({ generation, partitions: mine, isAlone: all.length === 1 })
    }
  }

  return {
    topic,
    committed,
    join(member) {
      const { promise, resolve } = Promise.withResolvers<Assignment>()
      members.set(member, resolve)
      rebalance()
      return promise
    },
    leave(member) {
      if (members.delete(member)) rebalance()
    },
    isCurrent: (member, of) => isStable && of === generation && members.has(member),
    commit(member, of, offsets) {
      if (of !== generation || !members.has(member)) return false
      for (const [partition, offset] of offsets) committed.set(partition, offset)
      return true
    },
    wake,
  }
}
