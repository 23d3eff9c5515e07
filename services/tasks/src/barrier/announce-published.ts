import { setTimeout as sleep } from 'node:timers/promises'
import type { Park } from '@daybook/shared/dead-letters/dead-letter-store'
import {
  clockEvents,
  type EndOfDay,
  eventReader,
  keyOf,
  tasksPublishedEvent,
  toMessage,
  topics,
} from '@daybook/shared/events'
import {
  type ConsumerOptions,
  type IncomingMessage,
  type KafkaPort,
  offsetsToJson,
} from '@daybook/shared/kafka'
import type { Logger } from 'pino'
import type { EventStore } from '../events/event-store.ts'

/** The consumer group of all tasks processes: each EndOfDay is handled by one of them. Kafka keeps its position by this name. */
export const barrierGroup = 'tasks-clock'

// For so long after the end of a day, a command from before it may still be in hand, and a process whose clock is behind may
// still accept one.
const SETTLING_MS = 1000

const POLL_MS = 200

// An EndOfDay that was published longer ago needs no answer: the days of its zone that ended since then have one.
const ANSWERED_MS = 2 * 86_400_000

const read = eventReader<EndOfDay>({ EndOfDay: clockEvents.EndOfDay })

interface BarrierDeps {
  store: Pick<EventStore, 'hasUnpublished'>
  kafka: Pick<KafkaPort, 'endOffsets' | 'publish'>
  park: Park
  log: Logger
}

/**
 * Consumes daybook.clock. After an EndOfDay it waits until every event from before `endedAt` is published, and publishes
 * TasksPublished. All processes share the store, so it does not matter which one stored the events.
 */
export function announcePublished({ store, kafka, park, log }: BarrierDeps): ConsumerOptions {
  return {
    group: barrierGroup,
    topic: topics.clock.name,
    park,
    // The next EndOfDay has an answer, and that holds for those in the batch too.
    skipUndecodable: error => log.error({ code: error.code }, error.message),
    async handle(messages, heartbeat) {
      const endedAt = newestEnd(messages)
      if (endedAt === undefined) return
      // The clock of the scheduler may be ahead by any time, so this does not wait for longer than twice.
      const settledAt = Math.min(endedAt.getTime() + SETTLING_MS, Date.now() + 2 * SETTLING_MS)
      while (Date.now() < settledAt || (await store.hasUnpublished(endedAt))) {
        await sleep(POLL_MS)
        await heartbeat()
      }
      const event = tasksPublishedEvent(endedAt, offsetsToJson(await kafka.endOffsets(topics.tasks.name)))
      await kafka.publish(topics.clock.name, [toMessage(event, keyOf.clock(event))])
    },
  }
}

/**
 * The newest `endedAt` of messages. Its TasksPublished holds for the others, so a backlog costs one event for each batch.
 * Unreadable messages are left out: reporting parks them.
 */
function newestEnd(messages: IncomingMessage[]): Date | undefined {
  const ends = messages.flatMap(message => {
    if (message.timestamp < Date.now() - ANSWERED_MS) return []
    const reading = read(message)
    return reading.status === 'event' ? Date.parse(reading.event.data.endedAt) : []
  })
  return ends.length > 0 ? new Date(Math.max(...ends)) : undefined
}
