import kafkajs, { type Kafka, type Producer, type RecordMetadata } from 'kafkajs'
import { groupCommit } from '../async/group-commit.ts'
import { METADATA_MAX_AGE } from './client.ts'
import type { OutgoingMessage } from './records/message.ts'
import { javaPartitioner } from './records/partitioner.ts'
import { inBatches, type Prepared, prepare } from './records/prepared.ts'

const { None, ZSTD } = kafkajs.CompressionTypes
// The most calls that share requests. A worker makes two for each job.
const MAX_CALLS = 1000

/** What the broker says about the messages of one call of `publish`. */
export interface Published {
  /**
   * When the broker appended the last of the messages, in milliseconds since 1970: the time that readers get as
   * `timestamp`, or a slightly later one, because calls at the same time share requests. Undefined on a topic whose records
   * keep the time of their producer (CreateTime).
   */
  appendedAt: number | undefined
  /** Where each of the messages is, in their order; undefined if the broker did not say it. */
  places?: readonly (RecordPlace | undefined)[]
}

/** Where a record is in a topic. */
export interface RecordPlace {
  partition: number
  offset: bigint
}

/**
 * Publishes messages in order. Resolves when all in-sync replicas have the messages. Rejects when the outcome is unknown:
 * some messages may have been written, and the caller publishes all of them again. `compress` sends compressed batches: a
 * record from a compressed batch can be larger than a broker accepts uncompressed.
 * @throws Error also when a message names a partition that the topic does not have
 */
export type Publish = (
  topic: string,
  messages: OutgoingMessage[],
  options?: { compress: boolean },
) => Promise<Published>

/** A call of `publish`. */
interface Call {
  topic: string
  messages: Prepared[]
  compress: boolean
}

/**
 * Makes the only sender of a process: an idempotent producer gets out of sequence when sends run concurrently
 * (tulios/kafkajs#598). After a failure its sequence numbers are invalid too, so the next send opens a new producer.
 */
export function makeProducer(client: Kafka): { publish: Publish; close: () => Promise<void> } {
  let producer: Producer | undefined

  async function open(): Promise<Producer> {
    const opened = client.producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      createPartitioner: javaPartitioner,
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

  /** Sends the messages of calls for one topic, in as few requests as their sizes allow. */
  async function send(calls: Call[]): Promise<Published[]> {
    producer ??= await open()
    const [{ topic, compress }] = calls as [Call]
    const compression = compress ? ZSTD : None
    const appendedAt = new Map<Prepared | undefined, number | undefined>()
    const places = new Map<Prepared, RecordPlace | undefined>()
    for (const batch of inBatches(calls.flatMap(({ messages }) => messages))) {
      const written = await producer.send({ topic, messages: batch, acks: -1, compression })
      refuseUnwritten(topic, batch, written)
      const latest = latestTime(written)
      for (const message of batch) appendedAt.set(message, latest)
      notePlaces(batch, written, places)
    }
    return calls.map(({ messages }) => ({
      appendedAt: appendedAt.get(messages.at(-1)),
      places: messages.map(message => places.get(message)),
    }))
  }

  async function sendAll(calls: Call[]): Promise<Published[]> {
    const published: Published[] = []
    try {
      for (const run of runsOf(calls)) published.push(...(await send(run)))
      return published
    } catch (error) {
      await close()
      throw error
    }
  }

  const share = groupCommit(sendAll, MAX_CALLS)
  const publish: Publish = (topic, messages, { compress } = { compress: false }) =>
    share({ topic, messages: messages.map(prepare), compress })
  return { publish, close }
}

/** Divides calls, in order, into runs that can share requests: one topic, and compressed or not. */
function runsOf(calls: Call[]): Call[][] {
  const runs: Call[][] = []
  for (const call of calls) {
    const [first] = runs.at(-1) ?? []
    if (first?.topic === call.topic && first.compress === call.compress) runs.at(-1)?.push(call)
    else runs.push([call])
  }
  return runs
}

/** kafkajs 2.2.4 drops messages for a partition that the topic does not have, without an error. */
function refuseUnwritten(topic: string, messages: Prepared[], answer: RecordMetadata[]): void {
  const written = new Set(answer.map(({ partition }) => partition))
  const lost = messages.find(({ partition }) => partition !== undefined && !written.has(partition))
  if (lost === undefined) return
  throw new Error(`${topic} has no partition ${lost.partition}: publish to a partition that exists`)
}

/** Returns the latest append time that the broker answered. It answers -1 on a topic with CreateTime. */
function latestTime(written: RecordMetadata[]): number | undefined {
  const latest = Math.max(-1, ...written.map(({ logAppendTime = -1 }) => Number(logAppendTime)))
  return latest < 0 ? undefined : latest
}

/** Notes where the messages of a batch are: those of a partition follow one another, in their order. */
function notePlaces(
  batch: readonly Prepared[],
  written: readonly RecordMetadata[],
  places: Map<Prepared, RecordPlace | undefined>,
): void {
  const next = new Map(written.map(({ partition, baseOffset = '-1' }) => [partition, BigInt(baseOffset)]))
  for (const message of batch) {
    const { sentTo: partition = -1 } = message
    const offset = next.get(partition) ?? -1n
    if (offset < 0n) continue
    places.set(message, { partition, offset })
    next.set(partition, offset + 1n)
  }
}
