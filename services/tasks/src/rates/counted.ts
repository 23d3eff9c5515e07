import type { KafkaPort } from '@daybook/shared/kafka'
import type { Rates } from '@daybook/shared/operator-api/rate-store'
import type { EventStore } from '../events/event-store.ts'

/** What tasks counts. */
export const rateNames = {
  events: 'Events that were stored: commands that changed a task',
  published: 'Events that were published on daybook.tasks, again after a failure',
}

/** The event store, which now counts what is appended. */
export const countedStore = (store: EventStore, { count }: Pick<Rates, 'count'>): EventStore => ({
  ...store,
  async append(events) {
    const appended = await store.append(events)
    count('events', appended.filter(one => one !== undefined).length)
    return appended
  },
})

/** What publishes events of tasks, which now counts them. */
export const countedPublish = (
  { publish }: Pick<KafkaPort, 'publish'>,
  { count }: Pick<Rates, 'count'>,
): Pick<KafkaPort, 'publish'> => ({
  async publish(topic, messages, options) {
    const published = await publish(topic, messages, options)
    count('published', messages.length)
    return published
  },
})
