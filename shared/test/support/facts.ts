import { setTimeout as sleep } from 'node:timers/promises'
import kafkajs from 'kafkajs'
import type { Test } from 'tap'
import { quietRequestQueue } from '../../src/kafka/patches/quiet-request-queue.ts'
import type { Stack } from './stack.ts'

quietRequestQueue()

/**
 * Waits for a fact: asks every 50 ms until the answer is neither undefined nor false, for 90 s at most. An error of `ask`
 * counts as "not yet"; the last such error is the cause of the error that this throws.
 */
export async function until<T>(
  fact: string,
  ask: () => Promise<T | undefined | false> | T | undefined | false,
) {
  const deadline = Date.now() + 90_000
  let cause: unknown
  while (Date.now() < deadline) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== false) return answer
    } catch (error) {
      cause = error
    }
    await sleep(50)
  }
  throw new Error(`Timed out waiting for the fact: ${fact}`, { cause })
}

/** A record as another team's consumer sees it. */
export interface SeenRecord {
  key: string
  value: Record<string, unknown>
  headers: Record<string, string>
  partition: number
  offset: string
}

/** Reads a topic from its beginning with a plain Kafka client. @returns an array that grows */
export async function watchTopic(
  t: Test,
  stack: Pick<Stack, 'brokers' | 'prefix'>,
  topic: string,
): Promise<SeenRecord[]> {
  const { Kafka, logLevel } = kafkajs
  const kafka = new Kafka({ brokers: stack.brokers, logLevel: logLevel.NOTHING })
  const consumer = kafka.consumer({
    groupId: `${stack.prefix}watcher-${topic}-${Math.random()}`,
    maxWaitTimeInMs: 200,
  })
  t.teardown(() => consumer.disconnect())
  const seen: SeenRecord[] = []
  await consumer.connect()
  // A broker can need a moment until it knows a new topic.
  await until(`${topic} is known`, async () => {
    await consumer.subscribe({ topic: stack.prefix + topic, fromBeginning: true })
    return true
  })
  await consumer.run({
    eachMessage: async ({ partition, message }) => {
      const headers = Object.entries(message.headers ?? {}).map(([name, value]) => [name, String(value)])
      seen.push({
        key: String(message.key),
        value: JSON.parse(String(message.value)),
        headers: Object.fromEntries(headers),
        partition,
        offset: message.offset,
      })
    },
  })
  return seen
}

/** Commits an offset of partition 0 for a group that has no members. */
export async function setOffset(
  { brokers, prefix }: Pick<Stack, 'brokers' | 'prefix'>,
  { group, topic, offset }: { group: string; topic: string; offset: number },
): Promise<void> {
  const admin = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING }).admin()
  await admin.connect()
  const partitions = [{ partition: 0, offset: String(offset) }]
  await admin.setOffsets({ groupId: prefix + group, topic: prefix + topic, partitions })
  await admin.disconnect()
}
