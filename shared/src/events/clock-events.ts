import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, TimeZone } from './fields.ts'

/** The events of daybook.clock. */
export const clockEvents = {
  EndOfDay: Type.Object(
    {
      day: Day('The day that ended'),
      timeZone: TimeZone('Where it ended'),
      endedAt: Instant('The instant at which it ended, or was ended by an operator'),
    },
    {
      description:
        'A day ended in a time zone. By itself once for each day and zone, in the order of the days; an operator may end a day early, or an older one again.',
    },
  ),
  ScheduleFired: Type.Object(
    {
      schedule: Type.String({ description: 'The name of the schedule' }),
      slot: Instant('The instant for which it was due; fired by hand, when that was'),
      firedAt: Instant('When it was fired'),
      missed: Type.Boolean({
        description:
          'True when it was fired more than 60 s after its time: the scheduler was down, or the slot past',
      }),
      byHand: Type.Boolean({ description: 'True when an operator fired it, beside its slots' }),
      data: Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        description: "The schedule's own data as it was when it fired; empty when it has none",
      }),
    },
    {
      description:
        'A schedule that an operator made is due. Once for each slot, in the order of the slots; by hand in between.',
    },
  ),
}

type Schemas = typeof clockEvents
export type EndOfDay = Envelope<'EndOfDay', Static<Schemas['EndOfDay']>>
export type ScheduleFired = Envelope<'ScheduleFired', Static<Schemas['ScheduleFired']>>
export type ClockEvent = EndOfDay | ScheduleFired

const source = '/daybook/scheduler'

/**
 * The EndOfDay of a day: its id depends on nothing but day and zone, so ending a day twice is ending it once.
 * @param day the local date, `YYYY-MM-DD`
 * @param schedule the name of the schedule it comes from, which is the record's key
 */
export function endOfDayEvent(day: string, timeZone: string, endedAt: Date, schedule: string): EndOfDay {
  return {
    id: `end-of-day:${timeZone}:${day}`,
    type: 'EndOfDay',
    source,
    subject: schedule,
    time: endedAt.toISOString(),
    data: { day, timeZone, endedAt: endedAt.toISOString() },
  }
}

/** A ScheduleFired under an id which says all that makes it the same firing. */
export function scheduleFiredEvent(id: string, data: ScheduleFired['data']): ScheduleFired {
  return { id, type: 'ScheduleFired', source, subject: data.schedule, time: data.slot, data }
}
