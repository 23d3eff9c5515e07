import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Rebuild, Rebuilding } from '@daybook/shared/rebuild/rebuild'
import type { Connection, Model } from 'mongoose'

/**
 * How far a rebuild of the view is, in order:
 * - building: the events are read into documents beside the live ones;
 * - built: its command has ended, and another one may make the documents live;
 * - swapping: its documents take the place of the live ones, and get what came meanwhile.
 */
export type RebuildPhase = 'building' | 'built' | 'swapping'

const rebuildsSchema = schemaOf<Rebuilding<RebuildPhase>>({
  last: Number,
  rebuild: partSchemaOf<Rebuild<RebuildPhase>>({
    generation: Number,
    phase: { type: String, enum: ['building', 'built', 'swapping'] },
    owner: String,
    until: Date,
  }),
})

/** The collection `view_rebuilds`, which has one document. */
export const rebuildsModel = (connection: Connection): Model<Rebuilding<RebuildPhase>> =>
  modelOf(connection, 'view_rebuilds', rebuildsSchema)
