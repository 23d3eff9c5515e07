import kafkajs, { type Kafka, type Producer } from 'kafkajs'
import { groupCommit } from '../async/group-commit.ts'
import { METADATA_MAX_AGE } from './client.ts'
import { asHeaders, type Header } from './records/headers.ts'
import type { OutgoingMessage } from './records/message.ts'
import { sizeOfBody } from './records/record-body.ts'

// kafkajs makes one record batch per partition from the messages of a send. A broker accepts 1 MiB (max.message.bytes).
const BATCH_BYTES = 700_000
/** The approximate size of a record without its body. */
const RECORD_BYTES = 20
const { None, ZSTD } = kafkajs.CompressionTypes

/** A message in the form that the patched encoder takes, see patches/encode-records.ts. */
interface Prepared {
  key: Buffer | null
  value: Buffer | null
  exactHeaders: Header[]
}

/**
 * Publishes messages in order. Resolves when all in-sync replicas have the messages. Rejects when the outcome is unknown:
 * some messages may have been written, and the caller publishes all of them again. `compress` sends compressed batches: a
 * record from a compressed batch can be larger than a broker accepts uncompressed.
 */
export type Publish = (
  topic: string,
  messages: OutgoingMessage[],
  options?: { compress: boolean },
) => Promise<void>

type Send = { topic: string; messages: OutgoingMessage[]; compress: boolean }

/**
 * Makes the only sender of a process: an idempotent producer gets out of sequence when sends run concurrently
 * (tulios/kafkajs#598). After a failure its sequence numbers are invalid too, so the next send opens a new producer.
 */
export function makeProducer(client: Kafka): { publish: Publish; close: () => Promise<void> } {
  let producer: Producer | undefined

  async function open(): Promise<Producer> {
    // The partitioner of the Java client: producers of other teams and ours map a key to the same partition.
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

  async function send({ topic, messages, compress }: Send): Promise<void> {
    producer ??= await open()
    const compression = compress ? ZSTD : None
    for (const batch of inBatches(messages.map(prepare)))
      await producer.send({ topic, messages: batch, acks: -1, compression })
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
  const publish: Publish = async (topic, messages, { compress } = { compress: false }) =>
    void (await share({ topic, messages, compress }))
  return { publish, close }
}

const asBuffer = (content: Buffer | string | null) => (content === null ? null : Buffer.from(content))

const prepare = ({ key, value, headers }: OutgoingMessage): Prepared => ({
  key: asBuffer(key),
  value: asBuffer(value),
  exactHeaders: asHeaders(headers),
})

function inBatches(messages: Prepared[]): Prepared[][] {
  const batches: Prepared[][] = []
  let size = Number.POSITIVE_INFINITY
  for (const message of messages) {
    const bytes = RECORD_BYTES + sizeOfBody({ ...message, headers: message.exactHeaders })
    if (size + bytes > BATCH_BYTES) {
      batches.push([])
      size = 0
    }
    batches.at(-1)?.push(message)
    size += bytes
  }
  return batches
}
