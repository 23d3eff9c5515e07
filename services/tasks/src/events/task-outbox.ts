import { keyOf, type TaskEvent, toMessage, topics } from '@daybook/shared/events'
import type { KafkaPort, Published } from '@daybook/shared/kafka'
import type { Outbox } from '@daybook/shared/outbox'
import { eventId } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import { catchUpView } from './catch-up-view.ts'
import type { EventStore } from './event-store.ts'
import type { Waiting } from './waiting.ts'

// The events of which a process remembers that it has published them, so that it need not ask MongoDB.
const REMEMBERED = 50_000

/**
 * The event store as an outbox. The events of each task reach Kafka in order, whichever process stored them: before an
 * event, the relay publishes the earlier events of its task that still wait. The relay cannot poll by a global number,
 * because writes become visible out of order.
 */
export function taskOutbox(deps: {
  store: EventStore
  view: TaskView
  kafka: Pick<KafkaPort, 'publish'>
}): Outbox<Waiting> {
  const { store, kafka } = deps
  // The ids of events that this process has published, the oldest first.
  const known = new Set<string>()

  function remember(events: TaskEvent[]): void {
    for (const { id } of events) known.add(id)
    for (const id of known) {
      if (known.size <= REMEMBERED) break
      known.delete(id)
    }
  }
  /** The ids of the events that precede the given ones, and of which this process does not know that they are published. */
  function unknownBefore(given: TaskEvent[]): string[] {
    const ids = new Set(given.map(({ id }) => id))
    const previous = given
      .filter(({ data }) => data.sequence > 1)
      .map(({ data }) => eventId(data.taskId, data.sequence - 1))
    return previous.filter(id => !ids.has(id) && !known.has(id))
  }
  return {
    markPublished: store.markPublished,
    async publish(given) {
      // A command that is handled alone may offer its event before the group does that stored the previous one.
      const inOrder = given.toSorted((a, b) => a.event.data.sequence - b.event.data.sequence)
      const earlier = await store.waitingUpTo(unknownBefore(inOrder.map(({ event }) => event)))
      const waiting = [...earlier, ...inOrder]
      const { places } = await kafka.publish(
        topics.tasks.name,
        waiting.map(({ event }) => toMessage(event, keyOf.tasks(event))),
      )
      notePlaces(waiting, places)
      remember(waiting.map(({ event }) => event))
      if (earlier.length > 0) await store.markPublished(earlier)
    },
    async leftBehind(age, limit) {
      const left = await store.oldestWaiting(new Date(Date.now() - age), limit)
      // A process that ended before it published an event may not have written the view either.
      await catchUpView(
        left.map(({ event }) => event),
        deps,
      )
      return left
    },
  }
}

/** Gives published events their places, which are stored when they are marked. */
function notePlaces(published: Waiting[], places: Published['places'] = []): void {
  for (const [i, one] of published.entries()) {
    const place = places[i]
    if (place !== undefined) one.place = place
  }
}
