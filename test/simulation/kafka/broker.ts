import { asHeaders, type IncomingMessage, type Offsets, type OutgoingMessage } from '@daybook/shared/kafka'
import { javaPartitioner } from '../../../shared/src/kafka/records/partitioner.ts'
import type { Time } from '../world/time.ts'
import { type Group, makeGroup } from './group.ts'

/** A broker in memory, which outlives the processes that use it. */
export interface Broker {
  createTopic: (name: string, partitions: number) => void
  partitions: (topic: string) => number
  /** Divides messages by their partition, each part in order. */
  divide: (topic: string, messages: OutgoingMessage[]) => Map<number, OutgoingMessage[]>
  /** Appends messages to a partition. */
  append: (topic: string, partition: number, messages: OutgoingMessage[]) => void
  /** The records of a partition from an offset on. */
  read: (topic: string, partition: number, from: bigint, limit: number) => IncomingMessage[]
  end: (topic: string, partition: number) => bigint
  group: (name: string, topic: string) => Group
  /** What the groups that were used have committed, by their names. */
  groups: () => ReadonlyMap<string, Group>
  /** Calls back after each append to a topic. */
  onAppend: (topic: string, listener: (records: IncomingMessage[]) => void) => void
}

const NO_RECORDS: readonly IncomingMessage[] = []
const choosePartition = javaPartitioner()
const bytes = (content: Buffer | string | null) => (content === null ? null : Buffer.from(content))

/** @param rebalanceMs draws how long the first members of a group wait for others */
export function makeBroker(time: Time, rebalanceMs: () => number): Broker {
  const topics = new Map<string, IncomingMessage[][]>()
  const groups = new Map<string, Group>()
  const listeners = new Map<string, ((records: IncomingMessage[]) => void)[]>()

  const logsOf = (topic: string) => {
    const logs = topics.get(topic)
    if (logs === undefined) throw new Error(`There is no topic ${topic}`)
    return logs
  }
  const logOf = (topic: string, partition: number) => logsOf(topic)[partition] ?? NO_RECORDS
  function listen(topic: string, listener: (records: IncomingMessage[]) => void): void {
    listeners.set(topic, [...(listeners.get(topic) ?? []), listener])
  }

  return {
    createTopic(name, partitions) {
      if (!topics.has(name))
        topics.set(
          name,
          Array.from({ length: partitions }, () => []),
        )
    },
    partitions: topic => topics.get(topic)?.length ?? 0,
    divide(topic, messages) {
      const partitionMetadata = logsOf(topic).map((_, partitionId) => ({ partitionId })) as never
      return Map.groupBy(messages, ({ key, partition }) => {
        const message = { key: bytes(key), value: null, ...(partition === undefined ? {} : { partition }) }
        return choosePartition({ topic, partitionMetadata, message })
      })
    },
    append(topic, partition, messages) {
      const log = logsOf(topic)[partition]
      if (log === undefined) throw new Error(`${topic} has no partition ${partition}`)
      const records = messages.map(({ key, value, headers }, i): IncomingMessage => {
        const place = { topic, partition, offset: BigInt(log.length + i), timestamp: time.wall() }
        return { ...place, key: bytes(key), value: bytes(value), headers: asHeaders(headers) }
      })
      log.push(...records)
      for (const listener of listeners.get(topic) ?? []) listener(records)
    },
    read: (topic, partition, from, limit) =>
      logOf(topic, partition).slice(Number(from), Number(from) + limit),
    end: (topic, partition) => BigInt(logOf(topic, partition).length),
    group(name, topic) {
      const known = groups.get(name)
      if (known !== undefined) return known
      const made = makeGroup({ topic, partitions: logsOf(topic).length, time, rebalanceMs })
      groups.set(name, made)
      listen(topic, () => made.wake())
      return made
    },
    groups: () => groups,
    onAppend: listen,
  }
}

/** The ends of the partitions that have records. */
export const endsOf = (broker: Broker, topic: string): Offsets => {
  const all = Array.from({ length: broker.partitions(topic) }, (_, p) => [p, broker.end(topic, p)] as const)
  return new Map(all.filter(([, end]) => end > 0n))
}
