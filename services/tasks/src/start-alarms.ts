import type { LetterRoutes } from '@daybook/shared/dead-letter-api/letter-routes'
import type { AlarmSource } from '@daybook/shared/incidents/alarm'
import { letterAlarms, letterFailures } from '@daybook/shared/incidents/letter-failures'
import { outboxAlarms, type WatchedOutbox } from '@daybook/shared/incidents/outbox-alarms'
import { tellByKafka } from '@daybook/shared/incidents/tell-by-kafka'
import { watchFailures } from '@daybook/shared/incidents/watch-failures'
import type { KafkaPort } from '@daybook/shared/kafka'
import type { Service } from '@daybook/shared/process/service'
import type { EventStore } from './events/event-store.ts'

interface Alarms {
  kafka: Pick<KafkaPort, 'publish'>
  letters: Pick<LetterRoutes, 'topics' | 'list'>
  outboxes: readonly WatchedOutbox[]
}

// So many events that wait are counted.
const MAX_COUNTED = 1000

/**
 * Starts to tell people about dead letters.
 * @returns what GET /alarms shows: these, and outboxes
 */
export function startAlarms(
  { log, closing }: Pick<Service, 'log' | 'closing'>,
  { kafka, letters, outboxes }: Alarms,
): AlarmSource[] {
  closing.defer(watchFailures(letterFailures(letters, 'tasks'), tellByKafka(kafka, 'tasks'), { log }).stop)
  return [outboxAlarms(outboxes, 'tasks'), letterAlarms(letters, 'tasks')]
}

/** The outbox of the events. */
export const eventOutbox = ({ oldestWaiting }: Pick<EventStore, 'oldestWaiting'>): WatchedOutbox => ({
  name: 'events',
  async waiting(before) {
    const waiting = await oldestWaiting(before, MAX_COUNTED)
    const [oldest] = waiting.map(({ event }) => event.time).sort()
    if (oldest === undefined) return undefined
    return { count: waiting.length, more: waiting.length >= MAX_COUNTED, since: new Date(oldest) }
  },
})
