import { ByteReader } from './byte-reader.ts'

/** A header as it is on Kafka: any bytes, and the value may be null. */
export type Header = readonly [name: Buffer, value: Buffer | null]

type Text = Buffer | string

/** Headers to publish: a list, whose order and repeats are kept; or an object, where each name is there once. */
export type HeadersToPublish = readonly (readonly [name: Text, value: Text | null])[] | Record<string, string>

/**
 * Reads headers as a record holds them.
 * @param bytes their number, then name and value of each, behind their lengths
 * @throws Error where they are not so
 */
export function decodeHeaders(bytes: Buffer): Header[] {
  const reader = new ByteReader(bytes)
  const count = reader.varint()
  const headers: Header[] = []
  for (let i = 0; i < count; i += 1) headers.push([reader.take(reader.varint()), reader.nullableBytes()])
  return headers
}

/**
 * Checks that headers can be read, and makes nothing of them: a record of 1 MiB can hold half a million.
 * @throws Error where they can't
 */
export function checkHeaders(reader: ByteReader): void {
  const count = reader.varint()
  if (count < 0) throw new Error(`a record has ${count} headers`)
  for (let i = 0; i < count; i += 1) {
    reader.skip(reader.varint())
    reader.skipNullable()
  }
}

const isList = (headers: HeadersToPublish): headers is readonly (readonly [Text, Text | null])[] =>
  Array.isArray(headers)

/** Headers to publish as the bytes that they are on Kafka. */
export function asHeaders(headers: HeadersToPublish): Header[] {
  const list = isList(headers) ? headers : Object.entries(headers)
  return list.map(([name, value]) => [Buffer.from(name), value === null ? null : Buffer.from(value)])
}
