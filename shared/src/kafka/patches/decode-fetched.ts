import { createRequire } from 'node:module'
import { codecNames, MAX_BYTES } from '../records/codecs.ts'
import { type Fetched, withoutRecord } from '../records/fetched-record.ts'
import { batchContext, codecOf, decodeBatch, lastOffset, RECORDS } from '../records/record-batch.ts'
import { replaceModule } from './replace-module.ts'

interface Decoder {
  readInt32(): number
  canReadBytes(length: number): boolean
  readBytes(length: number): Buffer
}

interface Decoded {
  records: Fetched[]
  /** The approximate memory of the records, in bytes. */
  size: number
}

const require = createRequire(import.meta.url)
const KafkaDecoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder
const decodeMessageSet = require('kafkajs/src/protocol/messageSet/decoder') as (
  decoder: Decoder,
  size: number,
) => Promise<Fetched[]>

/**
 * Replaces the decoder of fetch responses in kafkajs 2.2.4, which has these defects:
 * - It decodes a response of 10 MB completely, without a limit on the decompressed size.
 * - It reads missing bytes as zeros.
 * - It changes header names that are not UTF-8, and takes minutes for 300,000 headers.
 * - A batch that can't be decoded fails the whole response, and the error does not name the batch.
 *
 * This decoder returns such a batch as one entry at the batch's last offset, after the records before it.
 */
export function decodeFetched(): void {
  const decodedOf = new WeakMap<Decoder, number>()
  replaceModule('kafkajs/src/protocol/requests/fetch/v4/decodeMessages', () => async (response: Decoder) => {
    const length = response.readInt32()
    if (length <= 0 || !response.canReadBytes(length)) return []
    const fetched: Fetched[] = []
    for (const [batch, next] of batchesOf(response.readBytes(length))) {
      const decoded = decodedOf.get(response) ?? 0
      // The limit of a batch holds for a response too. kafkajs fetches the remaining batches again.
      if (decoded > MAX_BYTES || fetched.at(-1)?.undecodable) break
      const { records, size } = await decode(batch, next)
      decodedOf.set(response, decoded + size)
      for (const record of records) fetched.push(record)
    }
    return fetched
  })
}

const [LENGTH, HEAD, MAGIC] = [8, 12, 16]

/**
 * Yields the complete batches of a response, and messages of old formats, each with the first offset of the next one if the
 * response holds it. A broker may cut off the last batch.
 */
function* batchesOf(bytes: Buffer): Generator<[batch: Buffer, next: bigint | undefined]> {
  for (let at = 0; at + MAGIC < bytes.length; ) {
    const length = bytes.readInt32BE(at + LENGTH)
    // An impossible length does not say where the next batch begins.
    const end = length > MAGIC - HEAD ? at + HEAD + length : bytes.length
    if (end > bytes.length) return
    yield [bytes.subarray(at, end), end + LENGTH <= bytes.length ? bytes.readBigInt64BE(end) : undefined]
    at = end
  }
}

async function decode(batch: Buffer, next: bigint | undefined): Promise<Decoded> {
  try {
    return batch.readInt8(MAGIC) === 2 ? decodeBatch(batch) : await decodeOld(batch)
  } catch (error) {
    return { records: [undecodable(batch, next, (error as Error).message)], size: batch.length }
  }
}

function undecodable(bytes: Buffer, next: bigint | undefined, reason: string): Fetched {
  const hasHead = bytes.readInt8(MAGIC) === 2 && bytes.length >= RECORDS
  const context = hasHead
    ? batchContext(bytes)
    : { firstOffset: String(bytes.readBigInt64BE(0)), ...noTransaction }
  const baseOffset = BigInt(context.firstOffset)
  // A head whose checksum is wrong may name any last offset.
  const claimed = context.lastOffsetDelta < 0 ? baseOffset : lastOffset(context)
  const last = next !== undefined && next > baseOffset && next <= claimed ? next - 1n : claimed
  const codec = hasHead ? (codecNames[codecOf(bytes)] ?? `number ${codecOf(bytes)}`) : 'unknown'
  return withoutRecord({
    offset: String(last),
    batchContext: context,
    isControlRecord: false,
    undecodable: { baseOffset, lastOffset: last, codec, reason, bytes },
  })
}

const noTransaction = { lastOffsetDelta: 0, producerId: '-1', inTransaction: false }

/** Decodes a message of the formats before Kafka 0.11. It can hold other messages, compressed. They have no headers. */
async function decodeOld(message: Buffer): Promise<Decoded> {
  const records = await decodeMessageSet(new KafkaDecoder(message), message.length)
  // kafkajs treats bytes that it can't read as the end of a response that was cut off.
  if (records.length === 0)
    throw new Error(`its format (${message.readInt8(MAGIC)}) is unknown, or its bytes are wrong`)
  const batchContext = { firstOffset: String(message.readBigInt64BE(0)), ...noTransaction }
  const whole = { headers: {}, exactHeaders: [], batchContext, isControlRecord: false }
  return { records: records.map(record => ({ ...record, ...whole })), size: message.length }
}
