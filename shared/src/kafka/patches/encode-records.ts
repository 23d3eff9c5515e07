import { createRequire } from 'node:module'
import { ByteWriter, sizeOfVarint } from '../records/byte-writer.ts'
import type { Header } from '../records/headers.ts'
import { encodeBody } from '../records/record-body.ts'
import { replaceModule } from './replace-module.ts'

type Content = Buffer | string | null | undefined

/** A message as kafkajs encodes it, with headers of its kind or with exact ones. */
interface Message {
  key?: Content
  value?: Content
  offsetDelta?: number
  timestampDelta?: number
  headers?: Record<string, Content | Content[]>
  exactHeaders?: readonly Header[]
}

interface Encoder {
  writeBuffer(bytes: Buffer): Encoder
}

/**
 * Encodes records with `exactHeaders`. The headers of kafkajs 2.2.4 are an object: of these neither the order of repeats nor
 * a name that is no UTF-8 can be kept, and a value of null is an error.
 */
export function encodeRecords(): void {
  const require = createRequire(import.meta.url)
  const KafkaEncoder = require('kafkajs/src/protocol/encoder') as new (size: number) => Encoder
  replaceModule('kafkajs/src/protocol/recordBatch/record/v0', () => (message: Message) => {
    const bytes = encode(message)
    return new KafkaEncoder(bytes.length).writeBuffer(bytes)
  })
}

const ATTRIBUTES = Buffer.from([0])

function encode({
  key,
  value,
  offsetDelta = 0,
  timestampDelta = 0,
  headers = {},
  exactHeaders,
}: Message): Buffer {
  const list = exactHeaders ?? listOf(headers)
  const body = encodeBody({ key: bytesOf(key), value: bytesOf(value), headers: list })
  const length = 1 + sizeOfVarint(timestampDelta) + sizeOfVarint(offsetDelta) + body.length
  const writer = new ByteWriter(sizeOfVarint(length) + length)
  return writer.varint(length).write(ATTRIBUTES).varint(timestampDelta).varint(offsetDelta).write(body).bytes
}

const bytesOf = (content: Content): Buffer | null =>
  content === null || content === undefined ? null : Buffer.from(content)

const listOf = (headers: NonNullable<Message['headers']>): Header[] =>
  Object.entries(headers).flatMap(([name, values]) =>
    [values].flat().map((value): Header => [Buffer.from(name), bytesOf(value)]),
  )
