import type { TaskEvent } from '@daybook/shared/events'
import { modelOf, schemaOf } from '@daybook/shared/mongo/model'
import { type Connection, type Model, Schema } from 'mongoose'

/**
 * A document of the collection `events`. Only `published` ever changes. `_id` is the event's id, `<taskId>:<sequence>`;
 * the other fields are those of the event.
 */
export type StoredEvent = Omit<TaskEvent, 'id'> & { _id: string; published: boolean }

export type EventModel = Model<StoredEvent>

const eventSchema = schemaOf<StoredEvent>({
  type: String,
  source: String,
  subject: String,
  time: String,
  traceparent: String,
  // Each type of event has its own data, see docs/events.md.
  data: Schema.Types.Mixed,
  published: Boolean,
})
// Holds only events that wait to be published, so it stays small.
eventSchema.index({ time: 1 }, { name: 'unpublished', partialFilterExpression: { published: false } })

export const eventModel = (connection: Connection): EventModel => modelOf(connection, 'events', eventSchema)

export const toStored = ({ id, ...event }: TaskEvent): StoredEvent => ({
  _id: id,
  ...event,
  published: false,
})

export function fromStored({ _id, published, ...event }: StoredEvent): TaskEvent {
  return { id: _id, ...event } as TaskEvent
}
