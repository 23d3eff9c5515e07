import { absentArray, modelOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'

/**
 * A document of the collections `job_kinds` and `job_limits`. `_id` is the name. A deleted document stays, so that versions
 * continue when the name is used again: no version of a name stands for two definitions.
 */
export interface StoredDefinition {
  _id: string
  /** Starts at 1 and grows with each change. */
  version: number
  /** JSON text, because a JSON Schema may have any keys. */
  definition: string
  /** The shared limits that a kind names, to find the kinds that use a limit. */
  limits?: string[]
  changedAt: Date
  /** Who changed it: the token's `sub`. */
  by: string
  deletedAt?: Date
}

export type DefinitionModel = Model<StoredDefinition>

const definitionSchema = () =>
  schemaOf<StoredDefinition>({
    version: Number,
    definition: String,
    limits: { type: [String], ...absentArray },
    changedAt: Date,
    by: String,
    deletedAt: Date,
  })

const kindSchema = definitionSchema()
kindSchema.index({ limits: 1 }, { name: 'limits', sparse: true })
const limitSchema = definitionSchema()

export const kindModel = (connection: Connection): DefinitionModel =>
  modelOf(connection, 'job_kinds', kindSchema)
export const limitModel = (connection: Connection): DefinitionModel =>
  modelOf(connection, 'job_limits', limitSchema)
