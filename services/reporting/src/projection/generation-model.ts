import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Rebuild, Rebuilding } from '@daybook/shared/rebuild/rebuild'
import type { Connection, Model } from 'mongoose'

/**
 * How far a rebuild is, in order:
 * - building: the events are read into documents beside the live ones;
 * - built: its command has ended, and another one may make the documents live;
 * - joining: barriers wait for it, and it passes what the live projection has passed;
 * - swapping: its documents take the place of the live ones, and get what came meanwhile;
 * - amending: the documents are live, and the logs of the days that differed are requested.
 */
export type RebuildPhase = 'building' | 'built' | 'joining' | 'swapping' | 'amending'

/** Which generation of the projection is live. The document is missing as long as nothing was rebuilt. */
export interface Projection extends Rebuilding<RebuildPhase> {
  /** The generation of the live documents; 0 for those that the projector has made from the beginning. */
  generation: number
}

const projectionSchema = schemaOf<Projection>({
  generation: Number,
  last: Number,
  rebuild: partSchemaOf<Rebuild<RebuildPhase>>({
    generation: Number,
    phase: { type: String, enum: ['building', 'built', 'joining', 'swapping', 'amending'] },
    owner: String,
    until: Date,
  }),
})

/** The collection `projections`, which has one document. */
export const projectionModel = (connection: Connection): Model<Projection> =>
  modelOf(connection, 'projections', projectionSchema)
