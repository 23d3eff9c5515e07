import type { TaskEvent } from '@daybook/shared/events'
import { beginningWith } from '@daybook/shared/mongo/beginning-with'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import type { Connection, mongo } from 'mongoose'
import { eventId, evolve, type Task } from '../task.ts'
import { appendAll } from './append-store.ts'
import { eventModel, fromStored, type Note, publicationModel, type StoredEvent } from './event-model.ts'
import { markPublished } from './mark-store.ts'
import { hasUnpublished } from './unpublished-store.ts'
import type { Waiting } from './waiting.ts'
import { oldestWaiting, waitingUpTo } from './waiting-store.ts'

/** The events of all tasks: the source of truth, and the outbox of the relay. */
export interface EventStore {
  /**
   * Appends events. The unique `_id` is the optimistic concurrency check: of two events with the same sequence, the second
   * is a conflict, and so are the given events of its task that follow it. When the call resolves, the journal of a majority has the appended events. When it rejects, the outcome
   * is unknown.
   * @returns for each event what the relay publishes, in order, or undefined after a conflict
   */
  append: (events: TaskEvent[]) => Promise<(Waiting | undefined)[]>
  /** The events of a task with these sequences, in order. Sequences that do not exist are left out. */
  read: (taskId: string, sequences: number[]) => Promise<TaskEvent[]>
  /** The events with these ids, in order within each task. Ids that do not exist are left out. */
  readAll: (ids: string[]) => Promise<TaskEvent[]>
  /** The task after all its events, or undefined when it has none. */
  rebuild: (taskId: string) => Promise<Task | undefined>
  /** Marks events as published, and stores where they are, as far as that is known. */
  markPublished: (published: Waiting[]) => Promise<void>
  /**
   * Those events with the given ids that are unpublished, and the unpublished events of their tasks that precede them, in
   * order within each task.
   */
  waitingUpTo: (ids: string[]) => Promise<Waiting[]>
  /** The unpublished events from before an instant, the oldest ones, in order within each task; fewer than `limit` if that is all. */
  oldestWaiting: (before: Date, limit: number) => Promise<Waiting[]>
  /** Whether an event that happened before an instant is stored and not published, see `hasUnpublished`. */
  hasUnpublished: (before: Date) => Promise<boolean>
}

/** Opens the collection of events. */
export async function openEventStore(connection: Connection): Promise<EventStore> {
  const model = eventModel(connection)
  await createIndexes(model)
  // The driver's collection: `Model.insertMany` takes 4.3 times its CPU time (`npm run bench:models`).
  const events = driverCollection(model)
  const publications = driverCollection(publicationModel(connection))

  async function find(filter: mongo.Filter<StoredEvent>): Promise<TaskEvent[]> {
    const found = (await events.find(filter, { batchSize: 10_000 }).toArray()).map(fromStored)
    return found.sort((a, b) => a.data.sequence - b.data.sequence)
  }
  return {
    append: given => appendAll(events as unknown as mongo.Collection<StoredEvent | Note>, given),
    read: (taskId, sequences) => find({ _id: { $in: sequences.map(sequence => eventId(taskId, sequence)) } }),
    readAll: ids => find({ _id: { $in: ids } }),
    async rebuild(taskId) {
      const fold = (task: Task | undefined, event: TaskEvent): Task | undefined => evolve(task, event)
      return (await find({ _id: beginningWith(`${taskId}:`) })).reduce(fold, undefined)
    },
    markPublished: published => markPublished({ events, publications }, published),
    waitingUpTo: ids => waitingUpTo(events, ids),
    oldestWaiting: (before, limit) => oldestWaiting(events, before, limit),
    hasUnpublished: before => hasUnpublished(events, before),
  }
}
