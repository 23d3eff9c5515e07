import { keyOf, toMessage, topics } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import {
  type EmbeddedEvent,
  embeddedOutbox,
  type Relay,
  type RelayOptions,
  startRelay,
} from '@daybook/shared/outbox'
import { publicEvents } from '../schedules/event-encoding.ts'
import type { Schedules } from '../schedules/schedule-store.ts'

// The relay sweeps every 5 s: what is older has survived two sweeps or more.
const LATE = 15_000
/** Relays the schedules' events to daybook.clock. */
export function startClockRelay(
  { collection }: Schedules,
  kafka: Pick<KafkaPort, 'publish'>,
  options: RelayOptions,
): Relay<EmbeddedEvent> {
  const outbox = embeddedOutbox(collection, events =>
    kafka.publish(
      topics.clock.name,
      publicEvents(events).map(event => toMessage(event, keyOf.clock(event))),
    ),
  )
  return startRelay(outbox, options)
}

/** For readiness: events that do not reach Kafka, or undefined. */
export async function publishingTrouble({ collection }: Schedules): Promise<string | undefined> {
  const late = { 'outbox.storedAt': { $lt: new Date(Date.now() - LATE) } }
  const count = await collection.countDocuments(late, { limit: 1000 })
  return count > 0 ? `schedules with events waiting to be published: ${count}` : undefined
}
