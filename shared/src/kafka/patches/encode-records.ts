import { createRequire } from 'node:module'
import { ByteWriter, sizeOfVarint } from '../records/byte-writer.ts'
import type { Header } from '../records/headers.ts'
import { encodeBody } from '../records/record-body.ts'
import { replaceModule } from './replace-module.ts'

type Content = Buffer | string | null | undefined

/** A message as kafkajs passes it to the encoder, with headers in the form of kafkajs or with exact headers. */
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
 * Makes kafkajs encode `exactHeaders`. Headers in kafkajs 2.2.4 are an object, which can hold neither the order of repeated
 * names nor a name that is not UTF-8. A null value is an error there.
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
