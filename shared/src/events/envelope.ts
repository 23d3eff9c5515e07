/**
 * An event as Daybook stores it and other teams read it: `data` with the attributes of CloudEvents 1.0.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md
 */
export interface Envelope<Type extends string = string, Data = unknown> {
  /** Stays the same when the event is sent again, so that consumers can skip repeats. */
  id: string
  type: Type
  /** The service that published the event, as a path: `/daybook/tasks`. */
  source: string
  /** The subject of the event: the id of the task or the user, the name of the schedule, or the day. */
  subject: string
  /** The time of the event, RFC 3339 in UTC. */
  time: string
  /** The W3C trace context of the request that caused the event, if there was one. */
  traceparent?: string
  data: Data
}

/** The field `traceparent` of what a cause with this trace context makes; nothing without one. */
export const traced = (traceparent: string | undefined): { traceparent?: string } =>
  traceparent === undefined ? {} : { traceparent }

/** The field `trace` of log lines: the id of the trace that a trace context belongs to; nothing without one. */
export const traceOf = ({ traceparent }: { traceparent?: string }): { trace?: string } =>
  traceparent === undefined ? {} : { trace: traceparent.slice(3, 35) }
