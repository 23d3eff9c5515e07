import type { Topic } from '../kafka/topic.ts'
import type { Envelope } from './envelope.ts'

const forEver = { 'retention.ms': '-1' }
const days = (count: number) => ({ 'retention.ms': String(count * 86_400_000) })

/** The topics that other teams read. docs/events.md promises their events, record keys and retention. */
export const topics = {
  tasks: { name: 'daybook.tasks', partitions: 6, settings: forEver },
  clock: { name: 'daybook.clock', partitions: 1, settings: days(365) },
  reports: { name: 'daybook.reports', partitions: 1, settings: forEver },
} satisfies Record<string, Topic>

/** The record key of an event. Kafka keeps all events with the same key in one partition, in order. */
export const keyOf = {
  tasks: (event: Envelope<string, { userId: string }>) => event.data.userId,
  clock: (event: Envelope) => event.subject,
  reports: (event: Envelope<string, { day: string }>) => event.data.day,
}
