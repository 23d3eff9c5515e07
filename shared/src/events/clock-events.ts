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
}

export type EndOfDay = Envelope<'EndOfDay', Static<typeof clockEvents.EndOfDay>>
export type ClockEvent = EndOfDay

/**
 * The EndOfDay of a day: its id depends on nothing but day and zone, so ending a day twice is ending it once.
 * @param day the local date, `YYYY-MM-DD`
 * @param schedule the name of the schedule it comes from, which is the record's key
 */
export function endOfDayEvent(day: string, timeZone: string, endedAt: Date, schedule: string): EndOfDay {
  return {
    id: `end-of-day:${timeZone}:${day}`,
    type: 'EndOfDay',
    source: '/daybook/scheduler',
    subject: schedule,
    time: endedAt.toISOString(),
    data: { day, timeZone, endedAt: endedAt.toISOString() },
  }
}
