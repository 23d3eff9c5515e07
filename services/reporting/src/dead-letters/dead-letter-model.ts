import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { type Connection, type Model, type mongo, Schema } from 'mongoose'

export type Bytes = mongo.Binary | null

/** The content of a record as a dead letter stores it: as bytes, because names and texts may not be valid in BSON. */
export interface StoredContent {
  /** A text in letters of earlier versions. */
  key?: Bytes | string
  /** Pairs of name and value, in order and with repeats. An object of texts in letters of earlier versions. */
  headers?: [name: mongo.Binary, value: Bytes][] | Record<string, string>
  value?: Bytes
  /** The number of documents in `dead_letter_chunks` that hold the content, when it is too large for one document. */
  chunks?: number
}

/**
 * A message that could not be handled, with all that an operator needs to find the cause and to handle it later; or a
 * whole batch that could not be decoded, whose bytes are the content's value.
 */
export interface DeadLetter extends StoredContent {
  /** `<group>/<topic>/<partition>/<offset>`: a message that is parked twice has one letter. */
  _id: string
  group: string
  topic: string
  partition: number
  /** The base offset, for a batch. */
  offset: string
  /** Set on a batch only. */
  batch?: { lastOffset: string; codec: string }
  error: { name: string; message: string; stack: string | null }
  attempts: number
  parkedAt: Date
}

const letterSchema = schemaOf<DeadLetter>({
  key: Schema.Types.Mixed,
  headers: Schema.Types.Mixed,
  value: Schema.Types.Mixed,
  chunks: Number,
  group: String,
  topic: String,
  partition: Number,
  offset: String,
  batch: { lastOffset: String, codec: String },
  error: { name: String, message: String, stack: String },
  attempts: Number,
  parkedAt: Date,
})

export const letterModel = (connection: Connection): Model<DeadLetter> =>
  modelOf(connection, 'dead_letters', letterSchema)
