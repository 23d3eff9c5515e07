import { asHeaders, decodeBody, encodeBody, type RecordBody, sizeOfBody } from '@daybook/shared/kafka'
import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import mongoose, { type Connection, type mongo } from 'mongoose'

const { Binary } = mongoose.mongo
type Bytes = mongo.Binary | null

/** How a dead letter holds what was in the record: all of it bytes, since names and texts may be no BSON. */
export interface StoredContent {
  /** A text in letters that were stored before there were bytes. */
  key?: Bytes | string
  /** Pairs of name and value, in order and with repeats; an object of texts in letters that were stored before. */
  headers?: [name: mongo.Binary, value: Bytes][] | Record<string, string>
  value?: Bytes
  /** Where all this is too large for one document: of how many documents of `dead_letter_chunks` it is made. */
  chunks?: number
}

interface Chunk {
  /** `<the letter's _id>#<number, from 0>` */
  _id: string
  bytes: mongo.Binary
}

// A document holds 16 MB, and an element of an array needs some 20 bytes for itself.
const MOST_INLINE_BYTES = 8 * 1024 ** 2
const MOST_INLINE_HEADERS = 10_000
const CHUNK_BYTES = 8 * 1024 ** 2

const toBinary = (bytes: Buffer | null): Bytes => (bytes === null ? null : new Binary(bytes))
const toBuffer = (bytes: mongo.Binary): Buffer => Buffer.from(bytes.buffer)

export interface LetterContents {
  /** Stores what has no room in the letter, and answers with what the letter holds. Stored twice, it is there once. */
  store: (letterId: string, content: RecordBody) => Promise<StoredContent>
  /** The exact bytes of a letter. Of letters that were stored before there were bytes, the UTF-8 of their texts. */
  read: (letter: StoredContent & { _id: string }) => Promise<RecordBody>
}

export function openLetterContents(connection: Connection): LetterContents {
  const chunks = collectionOf<Chunk>(connection, 'dead_letter_chunks')
  const chunkId = (letterId: string, n: number) => `${letterId}#${n}`

  async function storeChunks(letterId: string, bytes: Buffer): Promise<number> {
    let n = 0
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES, n += 1) {
      const chunk = { bytes: new Binary(bytes.subarray(at, at + CHUNK_BYTES)) }
      await chunks.replaceOne({ _id: chunkId(letterId, n) }, chunk, { upsert: true })
    }
    return n
  }

  async function readChunks(letterId: string, count: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let n = 0; n < count; n += 1) {
      const chunk = await chunks.findOne({ _id: chunkId(letterId, n) })
      if (chunk === null)
        throw new Error(`The document ${chunkId(letterId, n)} of dead_letter_chunks is missing`)
      parts.push(toBuffer(chunk.bytes))
    }
    return Buffer.concat(parts)
  }

  return {
    async store(letterId, content) {
      const { key, headers, value } = content
      if (headers.length > MOST_INLINE_HEADERS || sizeOfBody(content) > MOST_INLINE_BYTES)
        return { chunks: await storeChunks(letterId, encodeBody(content)) }
      const pairs = headers.map(([name, text]): [mongo.Binary, Bytes] => [new Binary(name), toBinary(text)])
      return { key: toBinary(key), headers: pairs, value: toBinary(value) }
    },
    async read({ _id, key = null, headers = [], value = null, chunks: count }) {
      if (count !== undefined) return decodeBody(await readChunks(_id, count))
      return {
        key: key === null ? null : typeof key === 'string' ? Buffer.from(key) : toBuffer(key),
        headers: Array.isArray(headers)
          ? headers.map(([name, text]) => [toBuffer(name), text === null ? null : toBuffer(text)])
          : asHeaders(headers),
        value: value === null ? null : toBuffer(value),
      }
    },
  }
}
