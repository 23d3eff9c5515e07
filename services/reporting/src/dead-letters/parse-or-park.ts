import type { Envelope, Reading } from '@daybook/shared/events'
import { isOutage } from '@daybook/shared/failures/outage'
import type { IncomingMessage } from '@daybook/shared/kafka'
import type { Park } from './dead-letters.ts'

/**
 * Reads the events that a consumer handles; what can never be read is parked, unknown types are passed over.
 * @throws an outage; or, where a message cannot be parked, why it cannot be read: then whoever delivers it parks it
 */
export async function readOrPark<Event extends Envelope>(
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
