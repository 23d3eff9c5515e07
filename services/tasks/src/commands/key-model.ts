import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'

/** The seconds for which an Idempotency-Key stands for its request. */
export const KEY_SECONDS = 86_400

/** A document of the collection `idempotency_keys`: the task that a request with an Idempotency-Key creates. */
export interface CreationKey {
  /** The SHA-256 of the user and the key, so that keys of different users are independent and no text of a user is stored. */
  _id: string
  /** The SHA-256 of what the request creates. */
  content: string
  /** The id of the task. */
  taskId: string
  /** When the key was used first. */
  at: Date
}

const keySchema = schemaOf<CreationKey>({ content: String, taskId: String, at: Date })
keySchema.index({ at: 1 }, { name: 'expiry', expireAfterSeconds: KEY_SECONDS })

export const keyModel = (connection: Connection): Model<CreationKey> =>
  modelOf(connection, 'idempotency_keys', keySchema)
