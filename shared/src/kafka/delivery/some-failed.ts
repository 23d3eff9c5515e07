import type { IncomingMessage } from '../records/message.ts'

/** Thrown by a handler that has handled all its messages but some. Only these are delivered again, one by one. */
export class SomeFailed extends Error {
  override readonly name = 'SomeFailed'
  readonly messages: IncomingMessage[]

  constructor(messages: IncomingMessage[], cause: Error) {
    super(`${messages.length} messages failed: ${cause.message}`, { cause })
    this.messages = messages
  }
}
