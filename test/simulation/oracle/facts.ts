import type {
  ClockEvent,
  DayAmended,
  DayReported,
  EndOfDay,
  Envelope,
  TaskEvent,
} from '@daybook/shared/events'
import type { IncomingMessage } from '@daybook/shared/kafka'

/** An event at its first appearance in a topic. */
export interface Seen<Event extends Envelope> {
  event: Event
  partition: number
  offset: bigint
}

/** The events of a topic at their first appearance, and what is wrong with repeated ones. */
export interface Topic<Event extends Envelope> {
  first: Seen<Event>[]
  differences: string[]
}

export type TaskTopic = Topic<TaskEvent>
export type ClockTopic = Topic<ClockEvent>
export type ReportTopic = Topic<DayReported | DayAmended>

/** Reads a topic without any code of the services. */
export function readTopic<Event extends Envelope>(partitions: IncomingMessage[][]): Topic<Event> {
  const known = new Map<string, Seen<Event> & { content: string }>()
  const topic: Topic<Event> = { first: [], differences: [] }
  for (const records of partitions)
    for (const { partition, offset, headers, value } of records) {
      const names = Object.fromEntries(headers.map(([name, text]) => [String(name), String(text)]))
      const event = {
        id: names.ce_id,
        type: names.ce_type,
        subject: names.ce_subject,
        time: names.ce_time,
        data: JSON.parse(String(value)),
      } as Event
      const content = contentOf(event)
      const before = known.get(event.id)
      if (before === undefined) {
        const seen = { event, partition, offset, content }
        known.set(event.id, seen)
        topic.first.push(seen)
        continue
      }
      if (before.content !== content)
        topic.differences.push(`${event.id} has two contents: ${before.content} and ${content}`)
    }
  return topic
}

/** A repeated TasksPublished may cover more. */
const contentOf = ({ type, data }: Envelope) =>
  type === 'TasksPublished' ? '' : `${type} ${JSON.stringify(data)}`

export const isEndOfDay = (seen: Seen<ClockEvent>): seen is Seen<EndOfDay> => seen.event.type === 'EndOfDay'
