import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { type Connection, type Model, Schema } from 'mongoose'

/** A day whose EndOfDay is published, until reporting has read it. */
export interface UnreadDay {
  /** `<day>@<timeZone>` */
  _id: string
  day: string
  timeZone: string
  publishedAt: Date
  /** Reporting has read the EndOfDay when it has passed these offsets of daybook.clock. Absent until they are known. */
  barrier?: Record<string, string>
}

const unreadDaySchema = schemaOf<UnreadDay>({
  day: String,
  timeZone: String,
  publishedAt: Date,
  // Mixed, because the partitions are the names of the fields.
  barrier: Schema.Types.Mixed,
})
unreadDaySchema.index({ publishedAt: 1 }, { name: 'published' })

/** The collection `unread_days`. */
export const unreadDayModel = (connection: Connection): Model<UnreadDay> =>
  modelOf(connection, 'unread_days', unreadDaySchema)
