import { currentVersion, type TaskEvent, upcast } from '@daybook/shared/events'
import { modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { type Connection, type Model, Schema } from 'mongoose'

/**
 * An event in the collection `events`. Only `published` and `place` ever change. `_id` is the event's id, `<taskId>:<sequence>`; the other
 * fields are those of the event.
 */
export type StoredEvent = Omit<TaskEvent, 'id'> & {
  _id: string
  /** Whether an event without a note is published. When an event with a note has it, it counts in place of the note. */
  published?: boolean
  /** The id of the note with which the event was stored. */
  note?: string
  /** The version of the data; absent: 1. */
  dataVersion?: number
  /** Where a published event without a note is in daybook.tasks. Absent from what earlier versions published. */
  place?: StoredPlace
}

/** Where an event was published, and when. */
export interface StoredPlace {
  partition: number
  offset: number
  at: Date
}

/** A document of the collection `publications`: where the events of a note were published. `_id` is that of the note. */
export interface Publication {
  _id: string
  at: Date
  /** The ids of the events, and the partition and offset of each. An event that was published twice is there twice. */
  events: string[]
  partitions: number[]
  offsets: number[]
}

/**
 * A note in the collection `events`: a group of events waits to be published. MongoDB stores it before these events, and it
 * is removed when they are published.
 */
export interface Note {
  /** `note:<UUID>`, which is never the id of an event. */
  _id: string
  published: false
  /**
   * When the events were stored, or when a sweep last found that some are missing. The time of an event is a text: so a
   * search for notes finds no events, and earlier versions of Daybook, which know only events, find no notes.
   */
  time: Date
  /** When missing events are given up: the insert that was to store them has failed long before. */
  until: Date
  /** The time of the oldest of the events. Absent from notes of earlier versions. */
  oldest?: string
  /** The ids of the events. An event is missing after a conflict, or when a crash interrupted the insert. */
  events: string[]
}

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
  note: String,
  dataVersion: Number,
  place: partSchemaOf<StoredPlace>({ partition: Number, offset: Number, at: Date }),
})
// Holds only what waits to be published, so it stays small.
eventSchema.index({ time: 1 }, { name: 'unpublished', partialFilterExpression: { published: false } })

// Finds the events that a request caused.
eventSchema.index({ traceparent: 1 }, { name: 'trace' })

const publicationSchema = schemaOf<Publication>({
  at: Date,
  events: [String],
  partitions: [Number],
  offsets: [Number],
})

export const publicationModel = (connection: Connection): Model<Publication> =>
  modelOf(connection, 'publications', publicationSchema)

export const eventModel = (connection: Connection): EventModel => modelOf(connection, 'events', eventSchema)

/** @param waits the id of the note that says that the event waits to be published, or a mark on the event itself */
export const toStored = (
  { id, ...event }: TaskEvent,
  waits: { note: string } | { published: false },
): StoredEvent => {
  const dataVersion = currentVersion(event.type)
  return { _id: id, ...event, ...waits, ...(dataVersion > 1 && { dataVersion }) }
}

/** The event with data of the current version, whichever version is stored. */
export function fromStored({
  _id,
  published,
  note,
  place,
  dataVersion = 1,
  ...event
}: StoredEvent): TaskEvent {
  return { id: _id, ...event, data: upcast(event.type, dataVersion, event.data) } as TaskEvent
}
