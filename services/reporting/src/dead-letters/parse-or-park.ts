import type { Envelope, Reading } from '@daybook/shared/events'
import { isOutage } from '@daybook/shared/failures/outage'
import type { IncomingMessage } from '@daybook/shared/kafka'
import type { Park } from './dead-letter-store.ts'

/**
 * Parses messages as the events that a consumer handles. It parks unreadable messages and ignores unknown types.
 * @throws an outage; or the error of reading a message that cannot be parked: the caller then parks the message
 */
export async function parseOrPark<Event extends Envelope>(
  messages: IncomingMessage[],
  read: (message: IncomingMessage) => Reading<Event>,
  park: Park,
  heartbeat: () => Promise<void>,
): Promise<Event[]> {
  const events: Event[] = []
  for (const message of messages) {
    const reading = read(message)
    if (reading.status === 'unreadable') {
      await park(message, reading.error, 1).catch((error: unknown) => {
        throw isOutage(error) ? error : reading.error
      })
      await heartbeat()
    }
    if (reading.status === 'event') events.push(reading.event)
  }
  return events
}
