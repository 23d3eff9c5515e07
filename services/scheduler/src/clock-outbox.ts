import { keyOf, toMessage, topics } from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import { type EmbeddedEvent, embeddedOutbox, type Outbox } from '@daybook/shared/outbox'
import type { Schedules } from './schedules.ts'

// The relay sweeps every 5 s: what is older has survived two sweeps or more.
const LATE = 15_000

/** The schedules' events on their way to daybook.clock. */
export function clockOutbox({ collection }: Schedules, kafka: Pick<KafkaPort, 'publish'>) {
  return embeddedOutbox(collection, events =>
    kafka.publish(
      topics.clock.name,
      events.map(event => toMessage(event, keyOf.clock(event))),
    ),
  )
}

/** For readiness: events that do not reach Kafka, or undefined. */
export async function publishingTrouble({ leftBehind }: Outbox<EmbeddedEvent>): Promise<string | undefined> {
  const late = await leftBehind(LATE)
  return late.length > 0 ? `events waiting to be published: ${late.length}` : undefined
}
