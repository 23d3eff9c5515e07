/**
 * An event as it is stored, and as other teams read it: CloudEvents 1.0 attributes around `data`.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export interface Envelope<Type extends string = string, Data = unknown> {
  /** Does not change when the event is sent again: whoever has seen it may skip it. */
  id: string
  type: Type
  /** The service that made it, as a path: `/daybook/tasks`. */
  source: string
  /** What it is about: the id of the task, the name of the schedule, the day. */
  subject: string
  /** When it happened, RFC 3339 in UTC. */
  time: string
  /** W3C trace context of the request that caused it, if there was one. */
  traceparent?: string
  data: Data
}
