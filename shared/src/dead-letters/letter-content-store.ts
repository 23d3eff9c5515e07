import mongoose, { type Connection, type mongo } from 'mongoose'
import { asHeaders, decodeBody, encodeBody, type RecordBody, sizeOfBody } from '../kafka/index.ts'
import { modelOf, schemaOf } from '../mongo/model.ts'
import type { Bytes, StoredContent } from './dead-letter-model.ts'

const { Binary } = mongoose.mongo

/** A part of a content that is too large for one document. */
interface Chunk {
  /** `<the letter's _id>#<number, from 0>` */
  _id: string
  bytes: mongo.Binary
}

const chunkSchema = schemaOf<Chunk>({ bytes: mongoose.Schema.Types.Mixed })

// Searches read thousands of letters, so these are small. Each element of an array takes about 20 bytes besides its value.
const MAX_INLINE_BYTES = 64 * 1024
const MAX_INLINE_HEADERS = 1000
const MAX_KEY_BYTES = 1024
// A document can hold 16 MB.
const CHUNK_BYTES = 8 * 1024 ** 2

const toBinary = (bytes: Buffer | null): Bytes => (bytes === null ? null : new Binary(bytes))
const toBuffer = (bytes: mongo.Binary): Buffer => Buffer.from(bytes.buffer)

/** Stores the contents of dead letters: in the letter if the content is small, otherwise in chunks. */
export interface LetterContents {
  /** Makes the content fields of a letter. If the content is large, stores it in chunks. Can be repeated. */
  store: (letterId: string, content: RecordBody) => Promise<StoredContent>
  /** Reads the exact bytes of a letter's content. For a letter of an earlier version these are its texts in UTF-8. */
  read: (letter: StoredContent & { _id: string }) => Promise<RecordBody>
  /**
   * Removes the chunks of letters that are removed. A crash between the two leaves chunks that nobody reads: the other order
   * could leave a letter without its content.
   */
  remove: (letters: readonly (Pick<StoredContent, 'chunks'> & { _id: string })[]) => Promise<void>
}

/** The key of a letter that holds its key. */
export const keyOfLetter = (key: Bytes | string): Buffer | null =>
  key === null ? null : typeof key === 'string' ? Buffer.from(key) : toBuffer(key)

/** The content that a letter itself holds: of a large one at most the key, see `StoredContent`. */
export const contentOf = ({ key = null, headers = [], value = null }: StoredContent): RecordBody => ({
  key: keyOfLetter(key),
  headers: Array.isArray(headers)
    ? headers.map(([name, text]) => [toBuffer(name), text === null ? null : toBuffer(text)])
    : asHeaders(headers),
  value: value === null ? null : toBuffer(value),
})

export function openLetterContents(connection: Connection): LetterContents {
  const chunks = modelOf(connection, 'dead_letter_chunks', chunkSchema)
  const chunkId = (letterId: string, n: number) => `${letterId}#${n}`

  async function storeChunks(letterId: string, bytes: Buffer): Promise<number> {
    let n = 0
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES, n += 1) {
      const chunk = { bytes: new Binary(bytes.subarray(at, at + CHUNK_BYTES)) }
      await chunks.updateOne({ _id: chunkId(letterId, n) }, { $set: chunk }, { upsert: true })
    }
    return n
  }

  async function readChunks(letterId: string, count: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for (let n = 0; n < count; n += 1) {
      const chunk = await chunks.findById(chunkId(letterId, n)).lean<Chunk>()
      if (chunk === null)
        throw new Error(`The document ${chunkId(letterId, n)} of dead_letter_chunks is missing`)
      parts.push(toBuffer(chunk.bytes))
    }
    return Buffer.concat(parts)
  }

  return {
    async store(letterId, content) {
      const { key, headers, value } = content
      if (headers.length > MAX_INLINE_HEADERS || sizeOfBody(content) > MAX_INLINE_BYTES)
        return {
          chunks: await storeChunks(letterId, encodeBody(content)),
          ...(key !== null && key.length <= MAX_KEY_BYTES ? { key: toBinary(key) } : {}),
        }
      const pairs = headers.map(([name, text]): [mongo.Binary, Bytes] => [new Binary(name), toBinary(text)])
      return { key: toBinary(key), headers: pairs, value: toBinary(value) }
    },
    async read({ _id, chunks: count, ...inLetter }) {
      return count === undefined ? contentOf(inLetter) : decodeBody(await readChunks(_id, count))
    },
    async remove(letters) {
      const ids = letters.flatMap(({ _id, chunks: count = 0 }) =>
        Array.from({ length: count }, (_, n) => chunkId(_id, n)),
      )
      if (ids.length > 0) await chunks.deleteMany({ _id: { $in: ids } })
    },
  }
}
