import type { TaskEvent } from '@daybook/shared/events'
import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import { eventId } from '../task.ts'
import {
  eventModel,
  fromStored,
  publicationModel,
  type StoredEvent,
  type StoredPlace,
} from './event-model.ts'
import { namedBy } from './waiting-store.ts'

/** An event, and what became of it. */
export interface HistoryEntry {
  event: TaskEvent
  isPublished: boolean
  /** Where it was published first. Undefined when it is not published, when an earlier version published it, or when a crash lost the place. */
  place: StoredPlace | undefined
}

/** Reads what became of stored events. The indexes are those of the event store. */
export interface EventHistory {
  /** The events of a task with these sequences, in order. */
  ofTask: (taskId: string, sequences: number[]) => Promise<HistoryEntry[]>
  /**
   * Events that requests of a trace caused, at most `limit`, in the order of their times.
   * @param trace 32 hexadecimal digits
   * @param userId only events of this user; undefined: of all
   */
  ofTrace: (trace: string, userId: string | undefined, limit: number) => Promise<HistoryEntry[]>
}

export function openHistory(connection: Connection): EventHistory {
  const events = driverCollection(eventModel(connection))
  const publications = driverCollection(publicationModel(connection))

  async function entriesOf(found: StoredEvent[]): Promise<HistoryEntry[]> {
    const notes = [...new Set(found.flatMap(({ note }) => note ?? []))]
    const [published, waiting] = await Promise.all([
      notes.length === 0 ? [] : publications.find({ _id: { $in: notes } }).toArray(),
      namedBy(events, notes),
    ])
    const places = new Map<string, StoredPlace>()
    // From the last one on, so that the first publication of an event stays.
    for (const { at, events: ids, partitions, offsets } of published)
      for (let i = ids.length - 1; i >= 0; i -= 1)
        places.set(ids[i] ?? '', { partition: partitions[i] ?? 0, offset: offsets[i] ?? 0, at })
    return found.map(stored => ({
      event: fromStored(stored),
      isPublished: stored.published ?? !waiting.has(stored._id),
      place: stored.place ?? places.get(stored._id),
    }))
  }

  return {
    async ofTask(taskId, sequences) {
      const ids = sequences.map(sequence => eventId(taskId, sequence))
      const found = await events.find({ _id: { $in: ids } }).toArray()
      return entriesOf(found.sort((a, b) => a.data.sequence - b.data.sequence))
    },
    async ofTrace(trace, userId, limit) {
      const ofUser = userId === undefined ? {} : { 'data.userId': userId }
      const ofTrace = { traceparent: beginningWith(`00-${trace}-`), ...ofUser }
      const found = await events.find(ofTrace, { hint: 'trace' }).limit(limit).toArray()
      return entriesOf(found.sort((a, b) => a.time.localeCompare(b.time) || a._id.localeCompare(b._id)))
    },
  }
}
