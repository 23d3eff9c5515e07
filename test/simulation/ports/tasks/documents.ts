import type { Note, StoredEvent } from '../../../../services/tasks/src/events/event-model.ts'

/** A document of the collection `events`. */
export type EventOrNote = StoredEvent | Note

/** Of a note the time is a date, of an event it is a text. */
export const isNote = (document: EventOrNote): document is Note => document.time instanceof Date
export const isEvent = (document: EventOrNote): document is StoredEvent => !isNote(document)
