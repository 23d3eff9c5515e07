import { groupCommit } from '@daybook/shared/async/group-commit'
import type { TaskEvent } from '@daybook/shared/events'
import { collectionOf, duplicatesIn } from '@daybook/shared/mongo/connect-mongo'
import type { Connection, mongo } from 'mongoose'
import { evolve, type Task } from './task.ts'

/** An event as it is kept: never changed but for `published`. `_id` is the event's id, `<taskId>:<sequence>`. */
export type StoredEvent = Omit<TaskEvent, 'id'> & { _id: string; published: boolean }

export type Events = mongo.Collection<StoredEvent>

export interface EventStore {
  /**
   * Appends an event. The unique `_id` is the optimistic concurrency check: whoever comes second has a conflict.
   * Durable when it resolves (journal of a majority). When it rejects, the event may be there or not.
   */
  append: (event: TaskEvent) => Promise<'appended' | 'conflict'>
  /** The events of a task with these sequences, in order, as far as there are such. */
  read: (taskId: string, sequences: number[]) => Promise<TaskEvent[]>
  /** The events with these ids, in order within each task, as far as there are such. */
  readAll: (ids: string[]) => Promise<TaskEvent[]>
  /** The task as its events say, or undefined when there is none. */
  rebuild: (taskId: string) => Promise<Task | undefined>
}

/** Opens the collection of events: the only truth about tasks, and the outbox at once. */
export async function openEvents(connection: Connection): Promise<Events> {
  const events = collectionOf<StoredEvent>(connection, 'events')
  // Holds only what waits to be published, so it stays small for ever.
  await events.createIndex(
    { time: 1 },
    { name: 'unpublished', partialFilterExpression: { published: false } },
  )
  return events
}

export function eventStore(events: Events): EventStore {
  async function find(filter: mongo.Filter<StoredEvent>): Promise<TaskEvent[]> {
    const found = (await events.find(filter).toArray()).map(fromStored)
    return found.sort((a, b) => a.data.sequence - b.data.sequence)
  }
  return {
    append: groupCommit(group => appendAll(events, group), 1000),
    read: (taskId, sequences) => find({ _id: { $in: sequences.map(sequence => eventId(taskId, sequence)) } }),
    readAll: ids => find({ _id: { $in: ids } }),
    async rebuild(taskId) {
      const fold = (task: Task | undefined, event: TaskEvent): Task | undefined => evolve(task, event)
      return (await find(eventsOf(taskId))).reduce(fold, undefined)
    },
  }
}

async function appendAll(events: Events, group: TaskEvent[]): Promise<('appended' | 'conflict')[]> {
  const refused = new Set<number>()
  try {
    // Unordered: one command's conflict is none of the others' business.
    await events.insertMany(group.map(toStored), { ordered: false })
  } catch (error) {
    for (const index of duplicatesIn(error)) refused.add(index)
  }
  return group.map((_, i) => (refused.has(i) ? 'conflict' : 'appended'))
}

export const eventId = (taskId: string, sequence: number): string => `${taskId}:${sequence}`

/** The filter for a task's events: their ids begin with the task's and a colon, after which comes the semicolon. */
export const eventsOf = (taskId: string) => ({ _id: { $gte: `${taskId}:`, $lt: `${taskId};` } })

const toStored = ({ id, ...event }: TaskEvent): StoredEvent => ({ _id: id, ...event, published: false })

export function fromStored({ _id, published, ...event }: StoredEvent): TaskEvent {
  return { id: _id, ...event } as TaskEvent
}
