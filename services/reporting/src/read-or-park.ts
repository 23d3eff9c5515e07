import type { Envelope, Reading } from '@daybook/shared/events'
import type { IncomingMessage } from '@daybook/shared/kafka'
import type { Park } from './dead-letters.ts'

/** Reads the events that a consumer handles; what can never be read is parked, unknown types are passed over. */
export async function readOrPark<Event extends Envelope>(
  messages: IncomingMessage[],
  read: (message: IncomingMessage) => Reading<Event>,
  park: Park,
): Promise<Event[]> {
  const events: Event[] = []
  for (const message of messages) {
    const reading = read(message)
    if (reading.status === 'unreadable') await park(message, reading.error, 1)
    if (reading.status === 'event') events.push(reading.event)
  }
  return events
}
