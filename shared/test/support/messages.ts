import { type Envelope, toMessage } from '../../src/events/index.ts'
import { asHeaders, type IncomingMessage, type OutgoingMessage } from '../../src/kafka/index.ts'

/** Converts a published message to the message that a consumer receives. */
export function received(
  message: OutgoingMessage,
  place: { partition?: number; offset?: bigint; timestamp?: number } = {},
): IncomingMessage {
  const asBuffer = (content: Buffer | string | null) => (content === null ? null : Buffer.from(content))
  const { partition = 0, offset = 0n, timestamp = 0 } = place
  const [key, value, headers] = [asBuffer(message.key), asBuffer(message.value), asHeaders(message.headers)]
  return { topic: 'daybook.tasks', partition, offset, timestamp, key, headers, value }
}

/** Converts an event to the message that a consumer receives. */
export const receivedEvent = (event: Envelope, key = 'alice'): IncomingMessage =>
  received(toMessage(event, key))
