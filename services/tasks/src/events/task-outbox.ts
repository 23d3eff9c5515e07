import { keyOf, toMessage, topics } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import type { Outbox } from '@daybook/shared/outbox'
import { catchUpView } from '../view/catch-up-view.ts'
import type { TaskView } from '../view/view-store.ts'
import type { EventStore } from './event-store.ts'
import type { Waiting } from './waiting.ts'

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
  return {
    markPublished: store.markPublished,
    async publish(given) {
      const earlier = await store.waitingBefore(given.map(({ event }) => event))
      const messages = [...earlier, ...given].map(({ event }) => toMessage(event, keyOf.tasks(event)))
      await kafka.publish(topics.tasks.name, messages)
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
