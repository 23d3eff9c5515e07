import type { Topic } from '../kafka/topic.ts'
import type { Envelope } from './envelope.ts'

const forEver = { 'retention.ms': '-1' }
const days = (count: number) => ({ 'retention.ms': String(count * 86_400_000) })

// Kafka keeps the last record of each key. A record with a newer one is removed about a day later, and with it the text of a
// task that was deleted. A reader that needs less than a week for the whole topic sees each deletion.
const latestOfKey = {
  'cleanup.policy': 'compact',
  'delete.retention.ms': String(7 * 86_400_000),
  'max.compaction.lag.ms': String(86_400_000),
}

/** The topics that other teams read. docs/events.md promises their events, record keys and retention. */
export const topics = {
  tasks: { name: 'daybook.tasks', partitions: 6, settings: forEver },
  clock: { name: 'daybook.clock', partitions: 1, settings: days(365) },
  reports: { name: 'daybook.reports', partitions: 1, settings: forEver },
  /** The current state of each task by its id. */
  taskStates: { name: 'daybook.tasks.state', partitions: 6, settings: latestOfKey },
} satisfies Record<string, Topic>

/** The consumer group by which reporting reads daybook.clock. The scheduler watches how far it is. */
export const clockReaders = 'reporting-clock'

// Leases and the starts of attempts are judged by the time at which the broker appended the record.
const brokerTime = { 'message.timestamp.type': 'LogAppendTime' }

/** The topics of jobs. docs/jobs.md describes the protocol of workers. */
export const jobTopics = {
  /** Written by anybody who requests jobs. */
  requests: { name: 'daybook.jobs.requests', partitions: 6, settings: days(7) },
  /** Written by workers; its record key is the id of the worker. */
  results: { name: 'daybook.jobs.results', partitions: 6, settings: { ...days(7), ...brokerTime } },
  /** Read whole by every worker. */
  control: { name: 'daybook.jobs.control', partitions: 1, settings: { 'retention.ms': '3600000' } },
  /** Read by other teams. */
  finished: { name: 'daybook.jobs', partitions: 6, settings: days(365) },
} satisfies Record<string, Topic>

/**
 * The topic of a lane, made when a job or a worker of the lane first appears. It carries only what is about to run, so a
 * day is far more than any record is needed.
 */
export const laneTopic = (lane: string, partitions: number): Topic => ({
  name: `daybook.lane.${lane}`,
  partitions,
  settings: { ...days(1), ...brokerTime },
})

/** The record key of an event. Kafka keeps all events with the same key in one partition, in order. */
export const keyOf = {
  tasks: (event: Envelope<string, { userId: string }>) => event.data.userId,
  clock: (event: Envelope) => event.subject,
  reports: (event: Envelope<string, { day: string }>) => event.data.day,
}
