import { keyOf, type TaskEvent, toMessage, topics } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import type { Outbox } from '@daybook/shared/outbox'
import { catchUpView } from './catch-up-view.ts'
import { type EventStore, type Events, eventId, eventsOf, fromStored } from './event-store.ts'
import type { TaskView } from './task-view.ts'

/**
 * The event store as an outbox. Each task's events reach Kafka in its order, whichever process stored them: an event
 * goes out only behind those before it. There is no global order to poll by, since writes become visible out of it.
 */
export function taskOutbox(
  events: Events,
  { store, view, kafka }: { store: EventStore; view: TaskView; kafka: Pick<KafkaPort, 'publish'> },
): Outbox<TaskEvent> {
  async function markPublished(published: TaskEvent[]): Promise<void> {
    const ids = published.map(({ id }) => id)
    // Lost in a crash, the mark only costs one more publication: it need not wait for the journal.
    const lax = { writeConcern: { w: 1, journal: false } }
    await events.updateMany({ _id: { $in: ids } }, { $set: { published: true } }, lax)
  }

  /** What another process stored before these events and has not published yet, in order. */
  async function before(given: TaskEvent[]): Promise<TaskEvent[]> {
    const ids = new Set(given.map(({ id }) => id))
    const previous = given
      .map(({ data }) => eventId(data.taskId, data.sequence - 1))
      .filter(id => !ids.has(id))
    const waiting = await events.find({ _id: { $in: previous }, published: false }).toArray()
    if (waiting.length === 0) return []
    const chains = waiting.map(({ data: { taskId, sequence } }) => ({
      ...eventsOf(taskId),
      'data.sequence': { $lte: sequence },
    }))
    const found = await events.find({ published: false, $or: chains }).toArray()
    return found.map(fromStored).sort((a, b) => a.data.sequence - b.data.sequence)
  }

  return {
    markPublished,
    async publish(given) {
      const earlier = await before(given)
      const messages = [...earlier, ...given].map(event => toMessage(event, keyOf.tasks(event)))
      await kafka.publish(topics.tasks.name, messages)
      if (earlier.length > 0) await markPublished(earlier)
    },
    async leftBehind(age, limit) {
      const storedBefore = new Date(Date.now() - age).toISOString()
      const found = events
        .find({ published: false, time: { $lt: storedBefore } })
        .sort({ time: 1 })
        .limit(limit)
      const left = (await found.toArray()).map(fromStored).sort((a, b) => a.data.sequence - b.data.sequence)
      // Whoever did not get to publishing may not have got to the view either.
      await catchUpView(left, { store, view })
      return left
    },
  }
}
