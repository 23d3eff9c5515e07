import { ByteReader } from './byte-reader.ts'

/** A header on Kafka: any bytes; the value may be null. */
export type Header = readonly [name: Buffer, value: Buffer | null]

type Text = Buffer | string

/** Headers to publish: a list with an order and repeated names, or an object. A text means its UTF-8. */
export type HeadersToPublish = readonly (readonly [name: Text, value: Text | null])[] | Record<string, string>

/**
 * Decodes the headers of a record.
 * @param bytes the number of headers, then name and value of each, each after its length
 * @throws Error when the bytes have another form
 */
export function decodeHeaders(bytes: Buffer): Header[] {
  const reader = new ByteReader(bytes)
  const count = reader.varint()
  const headers: Header[] = []
  for (let i = 0; i < count; i += 1) headers.push([reader.take(reader.varint()), reader.nullableBytes()])
  return headers
}

/**
 * Checks that headers can be decoded, without making objects: a record of 1 MiB can hold half a million headers.
 * @throws Error when they can't be decoded
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

/** Converts headers to publish to their bytes on Kafka. */
export function asHeaders(headers: HeadersToPublish): Header[] {
  const list = isList(headers) ? headers : Object.entries(headers)
  return list.map(([name, value]) => [Buffer.from(name), value === null ? null : Buffer.from(value)])
}
