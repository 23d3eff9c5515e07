import {
  clockEvents,
  eventReader,
  jobEvents,
  reportEvents,
  taskEvents,
  userEvents,
} from '@daybook/shared/events'
import type { IncomingMessage } from '@daybook/shared/kafka'
import { audienceOf, forPeople, type SentEvent } from './audience.ts'
import type { NewEvent } from './event-buffer.ts'

const read = eventReader<SentEvent>({
  ...taskEvents,
  ...userEvents,
  ...clockEvents,
  ...jobEvents,
  ...reportEvents,
})

/**
 * Makes what is kept of a record.
 * @param topic its place in `eventTopics`
 * @returns undefined when the record is no event that this version knows
 */
export function toEvent(message: IncomingMessage, topic: number): NewEvent | undefined {
  const reading = read(message)
  if (reading.status !== 'event') return undefined
  const { event } = reading
  const reduced = forPeople(event)
  return {
    topic,
    partition: message.partition,
    offset: Number(message.offset),
    time: message.timestamp,
    audience: audienceOf(event),
    lines: linesOf(event, message),
    linesForPeople: reduced === event ? undefined : linesOf(reduced, message),
  }
}

function linesOf(event: SentEvent, { topic, partition, offset }: IncomingMessage): Buffer {
  const data = JSON.stringify({ ...event, topic, partition, offset: String(offset) })
  return Buffer.from(`event: ${event.type}\ndata: ${data}\n`)
}
