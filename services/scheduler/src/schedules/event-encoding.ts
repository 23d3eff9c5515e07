import type { Envelope } from '@daybook/shared/events'

/**
 * What an operator's schedule carries may be no BSON, as names with a NUL or the name `_bsontype` are none: in the
 * outbox the data of a firing are JSON text.
 */
export const keptEvents = (events: Envelope[]): Envelope[] =>
  events.map(event =>
    event.type === 'ScheduleFired' ? { ...event, data: JSON.stringify(event.data) } : event,
  )

/** Events of an outbox as they are published. */
export const publicEvents = (events: Envelope[]): Envelope[] =>
  events.map(event => (typeof event.data === 'string' ? { ...event, data: JSON.parse(event.data) } : event))
