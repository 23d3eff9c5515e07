import { ByteReader } from './byte-reader.ts'
import { ByteWriter, sizeOfNullable, sizeOfVarint } from './byte-writer.ts'
import { decodeHeaders, type Header } from './headers.ts'

/** What a record holds, whatever it is about. */
export interface RecordBody {
  key: Buffer | null
  value: Buffer | null
  headers: readonly Header[]
}

/** How many bytes a body takes in Kafka's record format. */
export function sizeOfBody({ key, value, headers }: RecordBody): number {
  const ofHeaders = headers.reduce(
    (sum, [name, content]) => sum + sizeOfNullable(name) + sizeOfNullable(content),
    0,
  )
  return sizeOfNullable(key) + sizeOfNullable(value) + sizeOfVarint(headers.length) + ofHeaders
}

/** Key, value and headers as one piece, as they are in a record: https://kafka.apache.org/documentation/#record */
export function encodeBody({ key, value, headers }: RecordBody): Buffer {
  const writer = new ByteWriter(sizeOfBody({ key, value, headers }))
  writer.nullableBytes(key).nullableBytes(value).varint(headers.length)
  for (const [name, content] of headers) writer.nullableBytes(name).nullableBytes(content)
  return writer.bytes
}

/**
 * The inverse of `encodeBody`.
 * @throws Error where the bytes are not so
 */
export function decodeBody(bytes: Buffer): RecordBody {
  const reader = new ByteReader(bytes)
  const [key, value] = [reader.nullableBytes(), reader.nullableBytes()]
  return { key, value, headers: decodeHeaders(reader.rest()) }
}
