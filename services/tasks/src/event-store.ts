import type { TaskEvent } from '@daybook/shared/events'
import { duplicatesIn } from '@daybook/shared/mongo/duplicate-keys'
import { createIndexes, driverCollection } from '@daybook/shared/mongo/model'
import type { Connection, QueryFilter } from 'mongoose'
import { type EventModel, eventModel, fromStored, type StoredEvent, toStored } from './event-model.ts'
import { eventId, evolve, type Task } from './task.ts'

/** The events of all tasks: the source of truth, and the outbox of the relay. */
export interface EventStore {
  /**
   * Appends events. The unique `_id` is the optimistic concurrency check: of two events with the same sequence, the second
   * is a conflict. When the call resolves, the journal of a majority has the appended events. When it rejects, the outcome
   * is unknown.
   */
  append: (events: TaskEvent[]) => Promise<('appended' | 'conflict')[]>
  /** The events of a task with these sequences, in order. Sequences that do not exist are left out. */
  read: (taskId: string, sequences: number[]) => Promise<TaskEvent[]>
  /** The events with these ids, in order within each task. Ids that do not exist are left out. */
  readAll: (ids: string[]) => Promise<TaskEvent[]>
  /** The task after all its events, or undefined when it has none. */
  rebuild: (taskId: string) => Promise<Task | undefined>
  /** Marks events as published. */
  markPublished: (events: TaskEvent[]) => Promise<void>
  /** The unpublished events of the same tasks that precede the given ones, in order within each task. */
  unpublishedBefore: (given: TaskEvent[]) => Promise<TaskEvent[]>
  /** The oldest unpublished events from before an instant, at most `limit`, in order within each task. */
  oldestUnpublished: (before: Date, limit: number) => Promise<TaskEvent[]>
}

/** Opens the collection of events. */
export async function openEventStore(connection: Connection): Promise<EventStore> {
  const events = eventModel(connection)
  await createIndexes(events)

  async function find(filter: QueryFilter<StoredEvent>): Promise<TaskEvent[]> {
    return inOrder(await events.find(filter).lean<StoredEvent[]>())
  }
  return {
    append: given => appendAll(events, given),
    read: (taskId, sequences) => find({ _id: { $in: sequences.map(sequence => eventId(taskId, sequence)) } }),
    readAll: ids => find({ _id: { $in: ids } }),
    async rebuild(taskId) {
      const fold = (task: Task | undefined, event: TaskEvent): Task | undefined => evolve(task, event)
      return (await find(eventsOf(taskId))).reduce(fold, undefined)
    },
    markPublished: published => markPublished(events, published),
    async unpublishedBefore(given) {
      const ids = new Set(given.map(({ id }) => id))
      const previous = given
        .map(({ data }) => eventId(data.taskId, data.sequence - 1))
        .filter(id => !ids.has(id))
      const waiting = await find({ _id: { $in: previous }, published: false })
      if (waiting.length === 0) return []
      const chains = waiting.map(({ data: { taskId, sequence } }) => ({
        ...eventsOf(taskId),
        'data.sequence': { $lte: sequence },
      }))
      return find({ published: false, $or: chains })
    },
    async oldestUnpublished(before, limit) {
      const oldest = events.find({ published: false, time: { $lt: before.toISOString() } })
      return inOrder(await oldest.sort({ time: 1 }).limit(limit).lean<StoredEvent[]>())
    },
  }
}

/** Uses the driver's collection: `Model.insertMany` takes 4.3 times its CPU time (`npm run bench:models`). */
async function appendAll(events: EventModel, group: TaskEvent[]): Promise<('appended' | 'conflict')[]> {
  if (group.length === 0) return []
  const refused = new Set<number>()
  try {
    // Unordered, so that the conflict of one command does not stop the others.
    await driverCollection(events).insertMany(group.map(toStored), { ordered: false })
  } catch (error) {
    for (const index of duplicatesIn(error)) refused.add(index)
  }
  return group.map((_, i) => (refused.has(i) ? 'conflict' : 'appended'))
}

async function markPublished(events: EventModel, published: TaskEvent[]): Promise<void> {
  const ids = published.map(({ id }) => id)
  // The update does not wait for the journal: if a crash loses a mark, the event is only published once more.
  const unjournaled = { writeConcern: { w: 1, journal: false } }
  await events.updateMany({ _id: { $in: ids } }, { $set: { published: true } }, unjournaled)
}

/** The filter for a task's events: their ids begin with the task's id and a colon. `;` is the character after `:`. */
const eventsOf = (taskId: string) => ({ _id: { $gte: `${taskId}:`, $lt: `${taskId};` } })

const inOrder = (stored: StoredEvent[]): TaskEvent[] =>
  stored.map(fromStored).sort((a, b) => a.data.sequence - b.data.sequence)
