import type { Envelope } from './envelope.ts'

/** A topic and the settings it is created with. */
export interface Topic {
  name: string
  partitions: number
  /** Broker settings; https://kafka.apache.org/documentation/#topicconfigs */
  settings: Record<string, string>
}

const forEver = { 'retention.ms': '-1', 'retention.bytes': '-1' }
const days = (count: number) => ({ 'retention.ms': String(count * 86_400_000) })

/** The topics that other teams read. What they hold, by which key and for how long, is promised in docs/events.md. */
export const topics = {
  tasks: { name: 'daybook.tasks', partitions: 6, settings: forEver },
  clock: { name: 'daybook.clock', partitions: 1, settings: days(365) },
  reports: { name: 'daybook.reports', partitions: 1, settings: forEver },
} satisfies Record<string, Topic>

/** The record key of an event: all that has one key is in one partition, in order. */
export const keyOf = {
  tasks: (event: Envelope<string, { userId: string }>) => event.data.userId,
  clock: (event: Envelope) => event.subject,
  reports: (event: Envelope<string, { day: string }>) => event.data.day,
}
