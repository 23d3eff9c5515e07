import { createRequire } from 'node:module'
import { codecNames, MOST_BYTES } from '../records/codecs.ts'
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
  /** About how much memory they take. */
  size: number
}

const require = createRequire(import.meta.url)
const KafkaDecoder = require('kafkajs/src/protocol/decoder') as new (bytes: Buffer) => Decoder
const decodeMessageSet = require('kafkajs/src/protocol/messageSet/decoder') as (
  decoder: Decoder,
  size: number,
) => Promise<Fetched[]>

/**
 * Decodes what a fetch brings, in place of kafkajs 2.2.4: that decodes a response of 10 MB whole, whatever it
 * decompresses to; reads bytes that are missing as zeros; changes the names of headers that are no UTF-8, and takes
 * minutes for 300,000 of them. A batch that can't be decoded fails its whole response, which does not say which batch it
 * was. Here such a batch is one entry, at its last offset, behind the records that come before it.
 */
export function decodeFetched(): void {
  const decodedOf = new WeakMap<Decoder, number>()
  replaceModule('kafkajs/src/protocol/requests/fetch/v4/decodeMessages', () => async (response: Decoder) => {
    const length = response.readInt32()
    if (length <= 0 || !response.canReadBytes(length)) return []
    const fetched: Fetched[] = []
    for (const [batch, next] of batchesOf(response.readBytes(length))) {
      const decoded = decodedOf.get(response) ?? 0
      // A response is bounded as a batch is: what is left out is fetched again.
      if (decoded > MOST_BYTES || fetched.at(-1)?.undecodable) break
      const { records, size } = await decode(batch, next)
      decodedOf.set(response, decoded + size)
      for (const record of records) fetched.push(record)
    }
    return fetched
  })
}

const [LENGTH, HEAD, MAGIC] = [8, 12, 16]

/**
 * The batches, and messages of old formats, that are there as a whole: a fetch cuts the last one off. Each with the
 * first offset of the next one, where that is there.
 */
function* batchesOf(bytes: Buffer): Generator<[batch: Buffer, next: bigint | undefined]> {
  for (let at = 0; at + MAGIC < bytes.length; ) {
    const length = bytes.readInt32BE(at + LENGTH)
    // A length that can't be tells nothing of where the next one begins.
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
  const said = context.lastOffsetDelta < 0 ? baseOffset : lastOffset(context)
  const last = next !== undefined && next > baseOffset && next <= said ? next - 1n : said
  const codec = hasHead ? (codecNames[codecOf(bytes)] ?? `number ${codecOf(bytes)}`) : 'unknown'
  return withoutRecord({
    offset: String(last),
    batchContext: context,
    isControlRecord: false,
    undecodable: { baseOffset, lastOffset: last, codec, reason, bytes },
  })
}

const noTransaction = { lastOffsetDelta: 0, producerId: '-1', inTransaction: false }

/** A message of the formats before Kafka 0.11, which can hold others, compressed. They have no headers. */
async function decodeOld(message: Buffer): Promise<Decoded> {
  const records = await decodeMessageSet(new KafkaDecoder(message), message.length)
  // kafkajs takes what it can't read for the end, where a fetch was cut off.
  if (records.length === 0)
    throw new Error(`its format (${message.readInt8(MAGIC)}) is unknown, or its bytes are wrong`)
  const batchContext = { firstOffset: String(message.readBigInt64BE(0)), ...noTransaction }
  const whole = { headers: {}, exactHeaders: [], batchContext, isControlRecord: false }
  return { records: records.map(record => ({ ...record, ...whole })), size: message.length }
}
