import type { Logger } from 'pino'
import { eventReader, type JobDue, laneEvents, traced } from '../../../src/events/index.ts'
import type { IncomingMessage, KafkaPort, RunningConsumer } from '../../../src/kafka/index.ts'
import { monotonic } from '../handling/clock.ts'
import type { Due } from '../handling/due.ts'
import { waitForTopic } from './wait-for-topic.ts'
import { within } from './within.ts'

/** Milliseconds between two heartbeats to the consumer group. */
const HEARTBEAT_MS = 1000
/** More than the partitions of a lane: a partition whose attempts wait for a slot stops no other. */
const CONCURRENT_PARTITIONS = 100

interface Deps {
  kafka: KafkaPort
  lane: string
  onAssigned: (partitions: number[]) => void
  /** Takes an attempt, see `takeDue`. */
  take: (due: Due, read: { appendedAt: number; readAt: number }, interrupted: AbortSignal) => Promise<void>
  signal: AbortSignal
  log: Logger
}

/** Reads the attempts of a lane, after its topic exists. */
export async function readLane({
  kafka,
  lane,
  onAssigned,
  take,
  signal,
  log,
}: Deps): Promise<RunningConsumer> {
  const name = `daybook.lane.${lane}`
  await waitForTopic(kafka, name, { log, signal })
  const read = eventReader<JobDue>(laneEvents)
  const skip = ({ partition, offset }: IncomingMessage, error: Error) =>
    log.error({ err: error, lane, partition, offset: String(offset) }, 'skipping a record of the lane')
  const takeOne = async (message: IncomingMessage, interrupted: AbortSignal) => {
    const reading = read(message)
    if (reading.status === 'unreadable') skip(message, reading.error)
    if (reading.status !== 'event') return
    const due = { ...reading.event.data, ...traced(reading.event.traceparent) }
    await take(due, { appendedAt: message.timestamp, readAt: monotonic() }, interrupted)
  }
  return kafka.consume({
    group: name,
    topic: name,
    concurrentPartitions: CONCURRENT_PARTITIONS,
    onAssigned,
    handle: (messages, heartbeat) =>
      withHeartbeats(heartbeat, interrupted =>
        Promise.all(messages.map(message => takeOne(message, interrupted))),
      ),
    park: async (message, error) => skip(message, error),
    // The scheduler takes back the attempts in it, because they do not start.
    skipUndecodable: error => log.error({ err: error, lane }, 'skipping a batch of the lane'),
  })
}

/**
 * Does work that may take long, with heartbeats to the consumer group.
 * @param work gets a signal that is aborted when a heartbeat fails, because the group changed or the consumer stops
 * @throws the error of the heartbeat
 */
async function withHeartbeats(
  heartbeat: () => Promise<void>,
  work: (interrupted: AbortSignal) => Promise<unknown>,
): Promise<void> {
  const interruption = new AbortController()
  const done = work(interruption.signal)
  try {
    while (!(await within(HEARTBEAT_MS, done))) await heartbeat()
  } catch (error) {
    // The attempts that wait for a slot leave the queue. Those that are being announced stay with this worker.
    interruption.abort(error)
    done.catch(() => undefined)
    throw error
  }
}
