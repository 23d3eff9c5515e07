import {
  type EndOfDay,
  type Envelope,
  jobTopics,
  keyOf,
  type RequestEvents,
  toMessage,
  topics,
} from '@daybook/shared/events'
import type { KafkaPort } from '@daybook/shared/kafka'
import { type EmbeddedEvent, type Relay, type RelayOptions, startRelay } from '@daybook/shared/outbox'
import type { Schedules } from '../schedules/schedule-store.ts'

// The relay sweeps every 5 s, so at least two sweeps did not publish an event that has waited this long.
const LATE_MS = 15_000

interface Options extends RelayOptions {
  /** Notes ends of days that were published. If it fails, they are published again. */
  notePublished?: (ends: EndOfDay[]) => Promise<unknown>
}

/** Starts the relay that publishes the events of schedules to daybook.clock, and requests for their jobs to daybook.jobs.requests. */
export function startClockRelay(
  schedules: Pick<Schedules, 'outbox'>,
  kafka: Pick<KafkaPort, 'publish'>,
  { notePublished = async () => {}, ...options }: Options,
): Relay<EmbeddedEvent> {
  const outbox = schedules.outbox(async events => {
    const [requests, clock] = [events.filter(isRequest), events.filter(event => !isRequest(event))]
    if (clock.length > 0)
      await kafka.publish(
        topics.clock.name,
        clock.map(event => toMessage(event, keyOf.clock(event))),
      )
    const ends = clock.filter(isEndOfDay)
    if (ends.length > 0) await notePublished(ends)
    if (requests.length > 0)
      await kafka.publish(
        jobTopics.requests.name,
        // Keeps the jobs of a schedule in one partition: what becomes of one depends on those before it.
        requests.map(event => toMessage(event, event.data.schedule ?? event.subject)),
      )
  })
  return startRelay(outbox, options)
}

const isEndOfDay = (event: Envelope): event is EndOfDay => event.type === 'EndOfDay'
const isRequest = (event: Envelope): event is RequestEvents['JobRequested'] => event.type === 'JobRequested'

/** For readiness: says how many schedules have events that do not reach Kafka; undefined when there are none. */
export async function publishingTrouble(
  schedules: Pick<Schedules, 'countUnpublished'>,
): Promise<string | undefined> {
  const count = await schedules.countUnpublished(new Date(Date.now() - LATE_MS))
  return count > 0 ? `schedules with events waiting to be published: ${count}` : undefined
}
