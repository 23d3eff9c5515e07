import type { TaskEvent } from '@daybook/shared/events'
import type { RecordPlace } from '@daybook/shared/kafka'

/** What marks stored events as waiting to be published. */
export type Mark =
  /** The event with this id is marked itself. */
  | { event: string }
  /** The note with this id names the event and those before it, and `missing`, which the store does not have. */
  | { note: string; missing: string[] }

/** A stored event that waits to be published. */
export interface Waiting {
  event: TaskEvent
  /** The mark that is removed when this event and those before it are published. Absent when a later event has it. */
  mark?: Mark
  /** The id of the note with which it was stored. */
  note?: string
  /** Where it is in daybook.tasks: set when it is published. */
  place?: RecordPlace
}
