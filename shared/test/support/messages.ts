import { type Envelope, toMessage } from '../../src/events/index.ts'
import type { IncomingMessage, OutgoingMessage } from '../../src/kafka/index.ts'

/** A message as a consumer gets it after somebody published it. */
export function received(
  message: OutgoingMessage,
  place: { partition?: number; offset?: bigint } = {},
): IncomingMessage {
  const { key, headers } = message
  const { partition = 0, offset = 0n } = place
  return { topic: 'daybook.tasks', partition, offset, key, headers, value: Buffer.from(message.value) }
}

/** An event as a consumer gets it. */
export const receivedEvent = (event: Envelope, key = 'alice'): IncomingMessage =>
  received(toMessage(event, key))
