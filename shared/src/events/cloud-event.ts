import type { IncomingMessage, OutgoingMessage } from '../kafka/message.ts'
import type { Envelope } from './envelope.ts'

/**
 * CloudEvents 1.0 on Kafka in binary mode: attributes as `ce_` headers, the data as the value.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md
 */

/** Where the schema of an event type is: a URI reference that is the `$id` of a file in docs/schemas. */
export const schemaId = (type: string) => `urn:daybook:schema:${type}:1`

/** An event as a Kafka message under the given record key. */
export function toMessage(event: Envelope, key: string): OutgoingMessage {
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

/**
 * A Kafka message as an event, its data not yet validated.
 * @throws Error that says what is missing, SyntaxError when the value is not JSON
 */
export function fromMessage(message: IncomingMessage): Envelope {
  const attribute = (name: string) => {
    const value = message.headers[name]
    if (value === undefined) throw new Error(`the header ${name} is missing`)
    return value
  }
  if (attribute('ce_specversion') !== '1.0') throw new Error('ce_specversion is not 1.0')
  if (message.value === null) throw new Error('the record has no value')
  const { traceparent } = message.headers
  return {
    id: attribute('ce_id'),
    type: attribute('ce_type'),
    source: attribute('ce_source'),
    subject: attribute('ce_subject'),
    time: attribute('ce_time'),
    ...(traceparent === undefined ? {} : { traceparent }),
    data: JSON.parse(message.value.toString('utf8')) as unknown,
  }
}
