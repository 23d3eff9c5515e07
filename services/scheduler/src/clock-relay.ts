import { keyOf, toMessage, topics } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import {
  type EmbeddedEvent,
  embeddedOutbox,
  type Outbox,
  type Relay,
  startRelay,
} from '@daybook/shared/outbox'
import type { Logger } from 'pino'
import { publicEvents } from './kept-events.ts'
import type { Schedules } from './schedules.ts'

// The relay sweeps every 5 s: what is older has survived two sweeps or more.
const LATE = 15_000
// Less than the relay keeps in memory, so that it keeps all of it.
const MOST_IN_HAND = 5000

/**
 * Relays the schedules' events to daybook.clock. A firing offers all that its outbox holds, so that what a crash left
 * goes first; but what this process has in hand it takes no second time, or schedules that fire each second would send
 * the same events again and again after an outage of Kafka.
 */
export function startClockRelay(
  { collection }: Schedules,
  kafka: Pick<KafkaPort, 'publish'>,
  options: { log: Logger; fail: (error: Error) => void },
): Relay<EmbeddedEvent> {
  const inHand = new Map<string, EmbeddedEvent>()
  const take = (events: EmbeddedEvent[]) => {
    for (const event of events) inHand.set(keyInHand(event), event)
    return events
  }
  const outbox = embeddedOutbox(collection, events =>
    kafka.publish(
      topics.clock.name,
      publicEvents(events).map(event => toMessage(event, keyOf.clock(event))),
    ),
  )
  const once: Outbox<EmbeddedEvent> = {
    publish: outbox.publish,
    async markPublished(events) {
      await outbox.markPublished(events)
      for (const event of events) inHand.delete(keyInHand(event))
    },
    async leftBehind(age) {
      const found = await outbox.leftBehind(age)
      const busy = new Set([...inHand.values()].map(({ document }) => document))
      // Nor may the rest of a schedule's events overtake those in hand.
      return take(found.filter(({ document }) => !busy.has(document)))
    },
  }
  const relay = startRelay(once, options)
  return {
    offer(stored) {
      const fresh = stored.filter(event => !inHand.has(keyInHand(event)))
      // What is too much is left to a sweep, which takes a schedule's events in order too.
      if (inHand.size + fresh.length <= MOST_IN_HAND) relay.offer(take(fresh))
    },
    stop: relay.stop,
  }
}

/** A day that is ended by hand has the same id each time, but the trace of another request. */
const keyInHand = ({ event: { id, traceparent = '' } }: EmbeddedEvent) => `${id} ${traceparent}`

/** For readiness: events that do not reach Kafka, or undefined. */
export async function publishingTrouble({ collection }: Schedules): Promise<string | undefined> {
  const late = { 'outbox.storedAt': { $lt: new Date(Date.now() - LATE) } }
  const count = await collection.countDocuments(late, { limit: 1000 })
  return count > 0 ? `schedules with events waiting to be published: ${count}` : undefined
}
