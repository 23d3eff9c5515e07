import { createRequire } from 'node:module'
import { ByteReader } from './byte-reader.ts'
import { decompress } from './codecs.ts'
import { type BatchContext, type Fetched, FetchedRecord, withoutRecord } from './fetched-record.ts'
import { checkHeaders } from './headers.ts'

const crc32c = createRequire(import.meta.url)('kafkajs/src/protocol/recordBatch/crc32C') as (
  bytes: Buffer,
) => number

/** The most records that a batch may have. An uncompressed batch of 1 MiB has 150,000 at most. */
const MAX_RECORDS = 500_000

// The positions of the fields; https://kafka.apache.org/documentation/#recordbatch
const [CRC, ATTRIBUTES, LAST_OFFSET_DELTA, FIRST_TIMESTAMP, MAX_TIMESTAMP] = [17, 21, 23, 27, 35]
const [PRODUCER_ID, COUNT] = [43, 57]
/** The position of the records. */
export const RECORDS = 61
const [LOG_APPEND_TIME, TRANSACTIONAL, CONTROL] = [8, 16, 32]

/** The approximate size of a record's object, in bytes. */
const SIZE_OF_OBJECT = 250

export const codecOf = (batch: Buffer): number => batch.readInt16BE(ATTRIBUTES) & 7

/** Reads the header fields of a batch that kafkajs needs. */
export function batchContext(batch: Buffer): BatchContext {
  return {
    firstOffset: String(batch.readBigInt64BE(0)),
    lastOffsetDelta: batch.readInt32BE(LAST_OFFSET_DELTA),
    producerId: String(batch.readBigInt64BE(PRODUCER_ID)),
    inTransaction: (batch.readInt16BE(ATTRIBUTES) & TRANSACTIONAL) !== 0,
  }
}

export const lastOffset = ({ firstOffset, lastOffsetDelta }: BatchContext): bigint =>
  BigInt(firstOffset) + BigInt(lastOffsetDelta)

/**
 * Decodes a batch of the format of Kafka 0.11 and later.
 * @param batch the exact bytes of the batch
 * @returns the records, and their approximate memory in bytes. If compaction removed the last record, an entry marked as a
 *   control record stands at the last offset. kafkajs skips it; without it, kafkajs would fetch a batch without records
 *   again and again (tulios/kafkajs#1072).
 * @throws Error that says why the batch can't be decoded
 */
export function decodeBatch(batch: Buffer): { records: Fetched[]; size: number } {
  if (batch.length < RECORDS) throw new Error('its header is incomplete')
  if (batch.readUInt32BE(CRC) !== crc32c(batch.subarray(ATTRIBUTES))) throw new Error('its checksum is wrong')
  const context = batchContext(batch)
  const count = batch.readInt32BE(COUNT)
  if (count > MAX_RECORDS) throw new Error(`it has ${count} records, more than ${MAX_RECORDS}`)
  const reader = new ByteReader(decompress(codecOf(batch), batch.subarray(RECORDS)))
  const readNext = recordReader(reader, batch, context)
  const records: Fetched[] = []
  for (let i = 0; i < count; i += 1) records.push(readNext())
  if (reader.left > 0) throw new Error(`${reader.left} bytes follow its last record`)
  const end = String(lastOffset(context))
  if (records.at(-1)?.offset !== end)
    records.push(withoutRecord({ offset: end, batchContext: context, isControlRecord: true }))
  return { records, size: reader.bytes.length + records.length * SIZE_OF_OBJECT }
}

function recordReader(reader: ByteReader, batch: Buffer, context: BatchContext): () => FetchedRecord {
  const attributes = batch.readInt16BE(ATTRIBUTES)
  const base = batch.readBigInt64BE(0)
  const [first, max] = [batch.readBigInt64BE(FIRST_TIMESTAMP), batch.readBigInt64BE(MAX_TIMESTAMP)]
  return () => {
    const record = new ByteReader(reader.take(reader.varint()))
    record.skip(1)
    const delta = record.varlong()
    const offset = base + BigInt(record.varint())
    const timestamp = attributes & LOG_APPEND_TIME ? max : first + delta
    const isControlRecord = (attributes & CONTROL) !== 0
    return new FetchedRecord(checkedBody(record), {
      offset,
      timestamp,
      batchContext: context,
      isControlRecord,
    })
  }
}

/** Returns key, value and headers of a record, after checking that they can be decoded and that no bytes follow. */
function checkedBody(record: ByteReader): Buffer {
  const body = record.rest()
  const reader = new ByteReader(body)
  reader.skipNullable()
  reader.skipNullable()
  checkHeaders(reader)
  if (reader.left > 0) throw new Error(`${reader.left} bytes follow the headers of a record`)
  return body
}
