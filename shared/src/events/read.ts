import type { TSchema } from 'typebox'
import { boundedText } from '../failures/bounded-text.ts'
import { FaultyValue } from '../failures/faulty-value.ts'
import type { IncomingMessage } from '../kafka/records/message.ts'
import { canonicalTimeZone } from '../time/days.ts'
import { errorsText, validatorOf } from '../validation/ajv.ts'
import { faultsOf } from '../validation/faults.ts'
import { dataVersionOf, fromMessage } from './cloud-event.ts'
import type { Envelope } from './envelope.ts'
import { schemasOfVersions, upcast } from './versions.ts'

/**
 * The result of reading a message. `unknown`: the reader does not handle this event type and skips it, as the contract asks
 * of every consumer. `unreadable`: the message can never be handled and must become a dead letter.
 */
export type Reading<Event> =
  | { status: 'event'; event: Event }
  | { status: 'unknown'; type: string }
  | { status: 'unreadable'; error: Error }

/**
 * Makes a reader of the event types in `schemas`. The reader validates the data of each event. It accepts unknown fields,
 * because a newer producer may add some. It makes data of the current version from data of an earlier one. It replaces the name of a renamed time zone by the current name.
 */
export function eventReader<Event extends Envelope>(
  schemas: Record<Event['type'], TSchema>,
): (message: Pick<IncomingMessage, 'headers' | 'value'>) => Reading<Event> {
  const validators = new Map(
    Object.entries<TSchema>(schemas).map(([type, current]) => [
      type,
      schemasOfVersions(type, current).map(schema => validatorOf(schema)),
    ]),
  )
  return message => {
    try {
      const event = fromMessage(message)
      const versions = validators.get(event.type)
      if (versions === undefined) return { status: 'unknown', type: event.type }
      const version = dataVersionOf(message, event.type)
      const validate = versions[version - 1]
      if (validate === undefined) throw new Error(unknownVersion(event.type, version, versions.length))
      const errors = validate(event.data)
      if (errors.length > 0) throw new FaultyValue(boundedText(errorsText(errors, 'data')), faultsOf(errors))
      event.data = upcast(event.type, version, event.data)
      return { status: 'event', event: withCurrentZone(event as Event) }
    } catch (error) {
      return { status: 'unreadable', error: error as Error }
    }
  }
}

const unknownVersion = (type: string, version: number, current: number) =>
  `ce_dataschema names version ${version}, and ${type} can be read up to version ${current}`

function withCurrentZone<Event extends Envelope>(event: Event): Event {
  const data = event.data as { timeZone?: string }
  const timeZone = canonicalTimeZone(data.timeZone ?? '')
  return timeZone === undefined || timeZone === data.timeZone
    ? event
    : { ...event, data: { ...data, timeZone } }
}
