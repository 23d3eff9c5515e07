import type { TaskEvent } from '@daybook/shared/events'
import { fromStored, type StoredEvent } from '../../../../services/tasks/src/events/event-model.ts'
import type { EventStore } from '../../../../services/tasks/src/events/event-store.ts'
import { eventId, evolve, type Task } from '../../../../services/tasks/src/task.ts'
import { collectionOf } from '../collection.ts'
import type { Connection } from '../database.ts'
import { append } from './append.ts'
import { type EventOrNote, isEvent } from './documents.ts'
import { waiting } from './waiting.ts'

/** `openEventStore` in memory. */
export function memoryEventStore(connection: Connection): EventStore {
  const events = collectionOf<EventOrNote>(connection, 'events')

  async function readAll(ids: string[]): Promise<TaskEvent[]> {
    return inOrder((await events.getAll(ids)).filter(isEvent))
  }

  return {
    append: given => append(connection, events, given),
    read: (taskId, sequences) => readAll(sequences.map(sequence => eventId(taskId, sequence))),
    readAll,
    async rebuild(taskId) {
      const found = await events.find(one => isEvent(one) && one.data.taskId === taskId)
      return inOrder(found as StoredEvent[]).reduce(
        (task: Task | undefined, event) => evolve(task, event),
        undefined,
      )
    },
    ...waiting(events),
  }
}

const inOrder = (found: StoredEvent[]): TaskEvent[] =>
  found.map(fromStored).sort((a, b) => a.data.sequence - b.data.sequence)
