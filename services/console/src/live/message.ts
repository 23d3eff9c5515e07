import type { Part } from '../api/parts.ts'
import type { Problem } from '../api/problem.ts'

/** An event of Daybook: a CloudEvent, and where it is in Kafka. */
export interface LiveEvent {
  id: string
  type: string
  time: string
  subject?: string
  /** The W3C trace context in which it was caused, if there was one. */
  traceparent?: string
  data: Record<string, unknown>
  topic: string
  partition: number
  offset: string
}

/** The id of the trace of a trace context; undefined without one. */
export const traceIn = (traceparent: string | undefined): string | undefined => traceparent?.slice(3, 35)

type Since = readonly (readonly [Part, number])[]

/** The parts of Daybook of which something is wrong. */
export interface FoundParts {
  away: Since
  unready: Since
}

/** What the tab that reads the stream tells the others. `position` is the id of the last event of the stream. */
export type Message =
  | { type: 'event'; position: string | undefined; event: LiveEvent }
  /** Only the position is new. */
  | { type: 'position'; position: string | undefined }
  /** Everything has to be read again: events are missing. */
  | { type: 'renew'; position: string | undefined }
  /** Why the gateway gives no stream; undefined: it gives one, or does not answer. */
  | { type: 'refusal'; problem: Problem | undefined }
  /** Which parts of Daybook do not answer, which are not ready, and since when. */
  | ({ type: 'parts' } & FoundParts)
