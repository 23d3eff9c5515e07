import { isUtf8 } from 'node:buffer'
import type { Header } from '../kafka/records/headers.ts'
import type { IncomingMessage } from '../kafka/records/message.ts'
import type { Envelope } from './envelope.ts'
import { schemaId } from './versions.ts'

/**
 * CloudEvents 1.0 on Kafka in binary mode: attributes as `ce_` headers, the data as the value.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
 */

/** An event as a Kafka message. Every part is text. */
export interface EventMessage {
  key: string
  value: string
  headers: Record<string, string>
}

/** Converts an event to a Kafka message with the given record key. */
export function toMessage(event: Envelope, key: string): EventMessage {
  return {
    key,
    value: JSON.stringify(event.data),
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: event.id,
      ce_type: event.type,
      ce_source: event.source,
      ce_subject: event.subject,
      ce_time: event.time,
      ce_dataschema: schemaId(event.type),
      ...(event.traceparent === undefined ? {} : { traceparent: event.traceparent }),
    },
  }
}

/** The names of the headers that are read. They are bytes, because decoding all names of a message takes twice as long. */
const names = {
  specversion: Buffer.from('ce_specversion'),
  id: Buffer.from('ce_id'),
  type: Buffer.from('ce_type'),
  source: Buffer.from('ce_source'),
  subject: Buffer.from('ce_subject'),
  time: Buffer.from('ce_time'),
  dataschema: Buffer.from('ce_dataschema'),
  traceparent: Buffer.from('traceparent'),
}

/**
 * Converts a Kafka message to an event. Does not validate the data. Ignores headers that are not attributes of an event.
 * @throws Error that says which attribute is missing, repeated or not UTF-8, or that the value is not JSON
 */
export function fromMessage({ headers, value }: Pick<IncomingMessage, 'headers' | 'value'>): Envelope {
  if (textOf(headers, names.specversion) !== '1.0') throw new Error('ce_specversion is not 1.0')
  const event: Envelope = {
    id: textOf(headers, names.id),
    type: textOf(headers, names.type),
    source: textOf(headers, names.source),
    subject: textOf(headers, names.subject),
    time: textOf(headers, names.time),
    data: undefined,
  }
  if (value === null) throw new Error('the record has no value')
  if (!isUtf8(value)) throw new Error('the value is not UTF-8')
  const traceparent = traceparentOf(headers)
  if (traceparent !== undefined) event.traceparent = traceparent
  event.data = parsed(value)
  return event
}

function parsed(value: Buffer): unknown {
  try {
    return JSON.parse(value.toString())
  } catch {
    // The error of JavaScript quotes the value, which may be text of a task, and what is thrown here gets into logs and mails.
    throw new Error('the value is not JSON')
  }
}

/** Returns the id of a message's event, without a look at its other attributes; undefined when it has none. */
export function eventIdOf({ headers }: Pick<IncomingMessage, 'headers'>): string | undefined {
  const [id, ...more] = valuesOf(headers, names.id)
  return id && more.length === 0 && isUtf8(id) ? id.toString() : undefined
}

/** Returns the values of the headers with a name. */
function valuesOf(headers: readonly Header[], wanted: Buffer): (Buffer | null)[] {
  const values: (Buffer | null)[] = []
  for (const [name, value] of headers) if (name.equals(wanted)) values.push(value)
  return values
}

/** Returns the text of a header. Bytes that are not UTF-8 are an error: U+FFFD in their place could make two ids equal. */
function textOf(headers: readonly Header[], name: Buffer): string {
  const values = valuesOf(headers, name)
  const [value] = values
  if (value === undefined) throw new Error(`the header ${name} is missing`)
  if (values.length > 1) throw new Error(`the header ${name} occurs ${values.length} times`)
  if (value === null) throw new Error(`the header ${name} has no value`)
  if (!isUtf8(value)) throw new Error(`the header ${name} is not UTF-8`)
  return value.toString()
}

/**
 * Returns the version of a message's data; NaN when ce_dataschema names none. An event of another system may name no schema, or
 * one of its own: it is of version 1.
 */
export function dataVersionOf({ headers }: Pick<IncomingMessage, 'headers'>, type: string): number {
  if (valuesOf(headers, names.dataschema).length === 0) return 1
  const [schema, ours] = [textOf(headers, names.dataschema), schemaId(type, 1).slice(0, -1)]
  return schema.startsWith(ours) ? Number(schema.slice(ours.length) || Number.NaN) : 1
}

/** Returns the trace context; undefined when it is invalid: https://www.w3.org/TR/trace-context/#traceparent-header */
function traceparentOf(headers: readonly Header[]): string | undefined {
  const [value, ...more] = valuesOf(headers, names.traceparent)
  if (value === undefined || value === null || more.length > 0) return undefined
  return isUtf8(value) ? value.toString() : undefined
}
