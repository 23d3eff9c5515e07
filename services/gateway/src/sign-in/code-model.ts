import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'

/** A document of the collection `sign_in_codes`: the token of a code, which was not used yet. */
export interface StoredCode {
  /** See `SealedToken`. */
  _id: string
  sealed: string
  /** When the code stops to work. */
  expiresAt: Date
}

const codeSchema = schemaOf<StoredCode>({ sealed: String, expiresAt: Date })
codeSchema.index({ expiresAt: 1 }, { name: 'expiry', expireAfterSeconds: 0 })

export const codeModel = (connection: Connection): Model<StoredCode> =>
  modelOf(connection, 'sign_in_codes', codeSchema)
