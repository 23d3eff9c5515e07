import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import type { Connection, Model } from 'mongoose'

/**
 * How far a rebuild is, in order:
 * - building: the events are read into documents beside the live ones;
 * - built: its command has ended, and another one may make the documents live;
 * - swapping: its documents take the place of the live ones, and get what came meanwhile.
 */
export type RebuildPhase = 'building' | 'built' | 'swapping'

/** A rebuild of the view. */
export interface Rebuild {
  generation: number
  phase: RebuildPhase
  /** The process that works on it, and the instant at which another one may take over. */
  owner: string
  until: Date
}

/** The rebuilds of the view. The document is missing as long as nothing was rebuilt. */
export interface ViewRebuilds {
  _id: string
  /** The last number that was given to a generation. None is given twice, so no process mistakes one rebuild for another. */
  last: number
  /** Absent while nothing is rebuilt. */
  rebuild?: Rebuild
}

const rebuildsSchema = schemaOf<ViewRebuilds>({
  last: Number,
  rebuild: partSchemaOf<Rebuild>({
    generation: Number,
    phase: { type: String, enum: ['building', 'built', 'swapping'] },
    owner: String,
    until: Date,
  }),
})

/** Whether nobody works on a rebuild now: it is built, or its process has ended. */
export const isFree = ({ until }: Rebuild): boolean => until.getTime() < Date.now()

/** The collection `view_rebuilds`, which has one document. */
export const rebuildsModel = (connection: Connection): Model<ViewRebuilds> =>
  modelOf(connection, 'view_rebuilds', rebuildsSchema)
