import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { outboxField, outboxIndex, type WithOutbox } from '@daybook/shared/outbox'
import type { Connection, Model } from 'mongoose'

/** A request to erase the text of a user's tasks. `_id` is a UUIDv7. When it is done, its outbox has the event UserErased. */
export interface Erasure extends WithOutbox {
  userId: string
  /** Who requested it: the user or an admin. */
  by: string
  state: 'pending' | 'done'
  /** The tasks that were created until then are erased: RFC 3339 in UTC, as in events. */
  requestedAt: string
  /** Of the request. */
  traceparent: string
  doneAt?: Date
  /** How many tasks and events were gone through. */
  tasks?: number
  events?: number
}

const erasureSchema = schemaOf<Erasure>({
  userId: String,
  by: String,
  state: { type: String, enum: ['pending', 'done'] },
  requestedAt: String,
  traceparent: String,
  doneAt: Date,
  tasks: Number,
  events: Number,
  outbox: outboxField,
})
// Holds only what is pending, so it stays small.
erasureSchema.index({ _id: 1, state: 1 }, { name: 'pending', partialFilterExpression: { state: 'pending' } })
erasureSchema.index({ doneAt: 1 }, { name: 'forgotten', expireAfterSeconds: 366 * 86_400 })
erasureSchema.index(...outboxIndex)

export const erasureModel = (connection: Connection): Model<Erasure> =>
  modelOf(connection, 'erasures', erasureSchema)
