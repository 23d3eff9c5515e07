import { type Connection, type Model, type mongo, Schema } from 'mongoose'
import type { Fault } from '../failures/errors.ts'
import { modelOf, schemaOf } from '../mongo/model.ts'

export type Bytes = mongo.Binary | null

/** The content of a record in a dead letter. It is stored as bytes, because names and texts may not be valid in BSON. */
export interface StoredContent {
  /** Letters of earlier versions have a text. */
  key?: Bytes | string
  /**
   * Pairs of name and value in the order of the record; a name can repeat. Letters of earlier versions have an object of
   * texts.
   */
  headers?: [name: mongo.Binary, value: Bytes][] | Record<string, string>
  value?: Bytes
  /**
   * The number of documents in `dead_letter_chunks` that hold the content, when it is large. The letter then has no headers
   * and no value, and its key only if that is short.
   */
  chunks?: number
}

/**
 * A message that a consumer could not handle, with everything that an operator needs to find the cause and to handle the
 * message later. Or a batch that could not be decoded: then `value` holds the bytes of the whole batch.
 */
export interface DeadLetter extends StoredContent {
  /** `<group>/<topic>/<partition>/<offset>`: a message that is parked twice has one letter. */
  _id: string
  group: string
  topic: string
  partition: number
  /** For a batch: its base offset. */
  offset: string
  /** Only in letters of batches. */
  batch?: { lastOffset: string; codec: string }
  /** The time of the record, see `IncomingMessage`. Letters of earlier versions have none. */
  timestamp?: number
  /** Of the last attempt. `faults`: where the value violates a schema; absent if it does not, and in letters of earlier versions. */
  error: { name: string; message: string; stack: string | null; faults?: Fault[] }
  attempts: number
  parkedAt: Date
  /** When the last replay failed. */
  lastAttemptAt?: Date
  /** The replay that has the letter in hand, and until when no other one takes it. */
  claim?: { by: string; until: Date }
}

/** The fields of a collection that stores messages: their contents, where they come from, and which group has read them. */
export const messageFields = {
  key: Schema.Types.Mixed,
  headers: Schema.Types.Mixed,
  value: Schema.Types.Mixed,
  chunks: Number,
  group: String,
  topic: String,
  partition: Number,
  offset: String,
  timestamp: Number,
}

const letterSchema = schemaOf<DeadLetter>({
  ...messageFields,
  batch: { lastOffset: String, codec: String },
  error: { name: String, message: String, stack: String, faults: Schema.Types.Mixed },
  attempts: Number,
  parkedAt: Date,
  lastAttemptAt: Date,
  claim: { by: String, until: Date },
})
letterSchema.index({ group: 1, parkedAt: -1, _id: -1 }, { name: 'newest' })
// Hashed, because a key may be longer than an entry of an index should be.
letterSchema.index({ key: 'hashed', parkedAt: -1, _id: -1 }, { name: 'key' })

export const letterModel = (connection: Connection): Model<DeadLetter> =>
  modelOf(connection, 'dead_letters', letterSchema)
