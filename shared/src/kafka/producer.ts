import kafkajs, { type Kafka, type Producer } from 'kafkajs'
import { groupCommit } from '../group-commit.ts'
import { METADATA_MAX_AGE } from './client.ts'
import type { OutgoingMessage } from './message.ts'

// kafkajs makes one record batch per partition of what it is given, and a broker takes 1 MiB (max.message.bytes).
const BATCH_BYTES = 700_000

/**
 * Publishes in order. Resolves when all in-sync replicas have the messages; rejects when that is not known, and
 * then some may be there: whoever publishes, publishes again.
 */
export type Publish = (topic: string, messages: OutgoingMessage[]) => Promise<void>

type Send = { topic: string; messages: OutgoingMessage[] }

/**
 * One sender for the whole process: an idempotent producer falls out of sequence when sends run side by side
 * (tulios/kafkajs#598). After a failure its sequence numbers are of no use either, so the next send gets a new one.
 */
export function makeProducer(client: Kafka): { publish: Publish; close: () => Promise<void> } {
  let producer: Producer | undefined

  async function open(): Promise<Producer> {
    // The partitioner of the Java client: other teams' producers and ours put a key in the same partition.
    const createPartitioner = kafkajs.Partitioners.DefaultPartitioner
    const opened = client.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner,
      metadataMaxAge: METADATA_MAX_AGE,
    })
    await opened.connect()
    return opened
  }

  async function close(): Promise<void> {
    const closing = producer
    producer = undefined
    await closing?.disconnect()
  }

  async function send({ topic, messages }: Send): Promise<void> {
    producer ??= await open()
    for (const batch of inBatches(messages)) await producer.send({ topic, messages: batch, acks: -1 })
  }

  async function sendAll(sends: Send[]): Promise<Send[]> {
    try {
      for (const one of sends) await send(one)
      return sends
    } catch (error) {
      await close()
      throw error
    }
  }

  const share = groupCommit(sendAll, 100)
  return { publish: async (topic, messages) => void (await share({ topic, messages })), close }
}

function inBatches(messages: OutgoingMessage[]): OutgoingMessage[][] {
  const batches: OutgoingMessage[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const message of messages) {
    const bytes = sizeOf(message)
    if (size + bytes > BATCH_BYTES) {
      batches.push([])
      size = 0
    }
    batches.at(-1)?.push(message)
    size += bytes
  }
  return batches
}

// Lengths and framing are estimated: less than 100 bytes a record and 10 a header.
function sizeOf({ key, value, headers }: OutgoingMessage): number {
  const ofHeaders = Object.entries(headers).flat()
  return [key, value, ...ofHeaders].reduce((size, text) => size + Buffer.byteLength(text) + 10, 100)
}
