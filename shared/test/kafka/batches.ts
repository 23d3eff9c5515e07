import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const crc32c = require('kafkajs/src/protocol/recordBatch/crc32C') as (bytes: Buffer) => number

/** Encodes a varint of Kafka's record format. */
export function varint(value: number): Buffer {
  const bytes: number[] = []
  let left = value < 0 ? -2 * value - 1 : 2 * value
  for (; left >= 0x80; left = Math.floor(left / 128)) bytes.push((left % 128) | 0x80)
  return Buffer.from([...bytes, left])
}

const sized = (bytes: Buffer | null) =>
  bytes === null ? varint(-1) : Buffer.concat([varint(bytes.length), bytes])

/** Encodes a record. `headers` are the bytes of the headers with their number, so that a test can pass wrong ones. */
export function record(
  value: string | Buffer | null,
  {
    key = null,
    delta = 0,
    headers = varint(0),
  }: { key?: Buffer | null; delta?: number; headers?: Buffer } = {},
): Buffer {
  const body = [sized(key), sized(value === null ? null : Buffer.from(value)), headers]
  const all = Buffer.concat([Buffer.from([0]), varint(0), varint(delta), ...body])
  return Buffer.concat([varint(all.length), all])
}

/** Encodes a batch with any bytes as its records. Without `crc`, the checksum is right. */
export function batch(
  records: Buffer,
  fields: {
    base?: number
    count?: number
    last?: number
    attributes?: number
    magic?: number
    firstTimestamp?: number
    maxTimestamp?: number
    crc?: number
  } = {},
): Buffer {
  const {
    base = 0,
    count = 1,
    last = count - 1,
    attributes = 0,
    magic = 2,
    firstTimestamp = 0,
    maxTimestamp = 0,
  } = fields
  const head = Buffer.alloc(61)
  head.writeBigInt64BE(BigInt(base), 0)
  head.writeInt32BE(49 + records.length, 8)
  head.writeInt8(magic, 16)
  head.writeInt16BE(attributes, 21)
  head.writeInt32BE(last, 23)
  head.writeBigInt64BE(BigInt(firstTimestamp), 27)
  head.writeBigInt64BE(BigInt(maxTimestamp), 35)
  head.writeBigInt64BE(-1n, 43)
  head.writeInt32BE(count, 57)
  const whole = Buffer.concat([head, records])
  whole.writeUInt32BE(fields.crc ?? crc32c(whole.subarray(21)), 17)
  return whole
}
