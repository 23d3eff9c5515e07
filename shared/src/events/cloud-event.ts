import { isUtf8 } from 'node:buffer'
import type { Header } from '../kafka/records/headers.ts'
import type { IncomingMessage } from '../kafka/records/message.ts'
import type { Envelope } from './envelope.ts'

/**
 * CloudEvents 1.0 on Kafka in binary mode: attributes as `ce_` headers, the data as the value.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
 */

/** The URI of an event type's schema, which is the `$id` of a file in docs/schemas. */
export const schemaId = (type: string) => `urn:daybook:schema:${type}:1`

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

const attributes = ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time'] as const

/**
 * Converts a Kafka message to an event. Does not validate the data. Ignores headers that are not attributes of an event.
 * @throws Error that says which attribute is missing, repeated or not UTF-8; SyntaxError when the value is not JSON
 */
export function fromMessage(message: IncomingMessage): Envelope {
  const found = valuesOf(message.headers)
  const [specversion, id, type, source, subject, time] = attributes.map(name => textOf(name, found.get(name)))
  if (specversion !== '1.0') throw new Error('ce_specversion is not 1.0')
  if (message.value === null) throw new Error('the record has no value')
  const traceparent = traceparentOf(found.get('traceparent'))
  const data = JSON.parse(decode('the value', message.value)) as unknown
  return {
    id,
    type,
    source,
    subject,
    time,
    ...(traceparent === undefined ? {} : { traceparent }),
    data,
  } as Envelope
}

type Values = (Buffer | null)[]

/** Collects all values of the headers that `fromMessage` reads. */
function valuesOf(headers: readonly Header[]): Map<string, Values> {
  const found = new Map<string, Values>([...attributes, 'traceparent'].map(name => [name, []]))
  // latin1 decodes any bytes, and the names of the attributes are ASCII.
  for (const [name, value] of headers) found.get(name.toString('latin1'))?.push(value)
  return found
}

function textOf(name: string, values: Values = []): string {
  const [value] = values
  if (value === undefined) throw new Error(`the header ${name} is missing`)
  if (values.length > 1) throw new Error(`the header ${name} occurs ${values.length} times`)
  if (value === null) throw new Error(`the header ${name} has no value`)
  return decode(`the header ${name}`, value)
}

/** Returns the trace context; undefined when it is invalid: https://www.w3.org/TR/trace-context/#traceparent-header */
function traceparentOf([value, ...more]: Values = []): string | undefined {
  if (value === undefined || value === null || more.length > 0) return undefined
  return isUtf8(value) ? value.toString() : undefined
}

/** Decodes UTF-8 and rejects other bytes: the replacement characters could make two different ids equal. */
function decode(what: string, bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Error(`${what} is not UTF-8`)
  return bytes.toString()
}
