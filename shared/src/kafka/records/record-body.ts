import { ByteReader } from './byte-reader.ts'
import { ByteWriter, sizeOfNullable, sizeOfVarint } from './byte-writer.ts'
import { decodeHeaders, type Header } from './headers.ts'

/** The content of a record. */
export interface RecordBody {
  key: Buffer | null
  value: Buffer | null
  headers: readonly Header[]
}

/** The size of a body in Kafka's record format, in bytes. */
export function sizeOfBody({ key, value, headers }: RecordBody): number {
  const ofHeaders = headers.reduce(
    (sum, [name, content]) => sum + sizeOfNullable(name) + sizeOfNullable(content),
    0,
  )
  return sizeOfNullable(key) + sizeOfNullable(value) + sizeOfVarint(headers.length) + ofHeaders
}

/** Encodes key, value and headers in Kafka's record format: https://kafka.apache.org/documentation/#record */
export function encodeBody({ key, value, headers }: RecordBody): Buffer {
  const writer = new ByteWriter(sizeOfBody({ key, value, headers }))
  writer.nullableBytes(key).nullableBytes(value).varint(headers.length)
  for (const [name, content] of headers) writer.nullableBytes(name).nullableBytes(content)
  return writer.bytes
}

/**
 * Decodes key, value and headers; the inverse of `encodeBody`.
 * @throws Error when the bytes have another form
 */
export function decodeBody(bytes: Buffer): RecordBody {
  const reader = new ByteReader(bytes)
  const [key, value] = [reader.nullableBytes(), reader.nullableBytes()]
  return { key, value, headers: decodeHeaders(reader.rest()) }
}
