import { isUtf8 } from 'node:buffer'
import type { Header } from '../kafka/records/headers.ts'
import type { IncomingMessage } from '../kafka/records/message.ts'
import type { Envelope } from './envelope.ts'

/**
 * CloudEvents 1.0 on Kafka in binary mode: attributes as `ce_` headers, the data as the value.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
 */

/** Where the schema of an event type is: a URI reference that is the `$id` of a file in docs/schemas. */
export const schemaId = (type: string) => `urn:daybook:schema:${type}:1`

/** An event as a Kafka message, all of it text. */
export interface EventMessage {
  key: string
  value: string
  headers: Record<string, string>
}

/** An event as a Kafka message under the given record key. */
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
 * A Kafka message as an event, its data not yet validated. Headers that are not attributes of ours may be anything.
 * @throws Error that says what is missing, there more than once, or no UTF-8; SyntaxError when the value is not JSON
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

/** The values of the headers that are read here, each time that they are there. */
function valuesOf(headers: readonly Header[]): Map<string, Values> {
  const found = new Map<string, Values>([...attributes, 'traceparent'].map(name => [name, []]))
  // Any bytes are a text in latin1, and the names that we look for are ASCII.
  for (const [name, value] of headers) found.get(name.toString('latin1'))?.push(value)
  return found
}

function textOf(name: string, values: Values = []): string {
  const [value] = values
  if (value === undefined) throw new Error(`the header ${name} is missing`)
  if (values.length > 1) throw new Error(`the header ${name} is there ${values.length} times`)
  if (value === null) throw new Error(`the header ${name} has no value`)
  return decode(`the header ${name}`, value)
}

/** A trace context that can't be read is none: https://www.w3.org/TR/trace-context/#traceparent-header */
function traceparentOf([value, ...more]: Values = []): string | undefined {
  if (value === undefined || value === null || more.length > 0) return undefined
  return isUtf8(value) ? value.toString() : undefined
}

/** Bytes that are no UTF-8 are refused: decoded all the same, two different ids could become one. */
function decode(what: string, bytes: Buffer): string {
  if (!isUtf8(bytes)) throw new Error(`${what} is not UTF-8`)
  return bytes.toString()
}
