import type { Envelope, Reading } from '../events/index.ts'
import { isOutage } from '../failures/outage.ts'
import type { IncomingMessage } from '../kafka/index.ts'
import type { Park } from './dead-letter-store.ts'

/** An event, and the message from which it was parsed. */
export interface Parsed<Event> {
  event: Event
  message: IncomingMessage
}

/**
 * Parses messages as the events that a consumer handles. It parks unreadable messages and ignores unknown types.
 * @throws an outage; or the error of reading a message that cannot be parked: the caller then parks the message
 */
export async function parseOrPark<Event extends Envelope>(
  messages: IncomingMessage[],
  read: (message: IncomingMessage) => Reading<Event>,
  park: Park,
  heartbeat: () => Promise<void>,
): Promise<Parsed<Event>[]> {
  const parsed: Parsed<Event>[] = []
  for (const message of messages) {
    const reading = read(message)
    if (reading.status === 'unreadable') {
      await park(message, reading.error, 1).catch((error: unknown) => {
        throw isOutage(error) ? error : reading.error
      })
      await heartbeat()
    }
    if (reading.status === 'event') parsed.push({ event: reading.event, message })
  }
  return parsed
}
