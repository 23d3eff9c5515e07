import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, Offsets, TimeZone } from './fields.ts'
import { topics } from './topics.ts'

/** The events of daybook.clock. */
export const clockEvents = {
  EndOfDay: Type.Object(
    {
      day: Day('The day that ended'),
      timeZone: TimeZone('The time zone in which the day ended'),
      endedAt: Instant('The instant at which the day ended, or at which an operator ended it'),
    },
    {
      description:
        'A day ended in a time zone. The scheduler publishes this once for each day and listed time zone, in the order of the days. In addition, an operator may end a day early, or end an older day again; and when an operator orders the logs of a day that has no run, reporting publishes its EndOfDay.',
    },
  ),
  ScheduleFired: Type.Object(
    {
      schedule: Type.String({ description: 'The name of the schedule' }),
      slot: Instant(
        'The instant for which the schedule was due; if an operator fired it, the time of that firing',
      ),
      firedAt: Instant('When the schedule fired'),
      missed: Type.Boolean({
        description:
          'True when the firing was more than 60 s after the slot, because the scheduler was down or the slot was in the past',
      }),
      byHand: Type.Boolean({
        description: 'True when an operator fired the schedule, in addition to its slots',
      }),
      data: Type.Unsafe<Record<string, unknown>>({
        type: 'object',
        description: 'The data of the schedule at the time of the firing; empty when it has none',
      }),
    },
    {
      description:
        'A schedule of an operator fired. Published once for each slot, in the order of the slots. Firings by an operator may come between them.',
    },
  ),
  TasksPublished: Type.Object(
    {
      endedAt: Instant('The `endedAt` of an EndOfDay that comes before this event'),
      offsets: Offsets(
        'Partition to offset of daybook.tasks. The events of every command that was answered before `endedAt` are before these offsets; a partition that is missing has none',
      ),
    },
    {
      description:
        'Everything that users did before an instant is in daybook.tasks. The tasks service publishes this after an EndOfDay; it holds for every earlier `endedAt` too, so one event may answer several EndOfDay.',
    },
  ),
}

type Schemas = typeof clockEvents
export type EndOfDay = Envelope<'EndOfDay', Static<Schemas['EndOfDay']>>
export type ScheduleFired = Envelope<'ScheduleFired', Static<Schemas['ScheduleFired']>>
export type TasksPublished = Envelope<'TasksPublished', Static<Schemas['TasksPublished']>>
export type ClockEvent = EndOfDay | ScheduleFired | TasksPublished

const source = '/daybook/scheduler'

/**
 * Makes the EndOfDay of a day. Its id depends only on day and time zone, so consumers recognise a second one as a repeat.
 * @param day the local date, `YYYY-MM-DD`
 * @param schedule the name of the end-of-day schedule, which is the record's key
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

/** Makes a ScheduleFired. @param id identifies the firing: the same id means the same firing */
export function scheduleFiredEvent(id: string, data: ScheduleFired['data']): ScheduleFired {
  return { id, type: 'ScheduleFired', source, subject: data.schedule, time: data.slot, data }
}

/**
 * Makes a TasksPublished. Its id depends only on `endedAt`: a repeat says the same, with offsets that may be later. Its subject,
 * which is the record's key, is the same for all, so that they stay in order.
 * @param offsets the end of daybook.tasks, as `offsetsToJson` makes it
 */
export function tasksPublishedEvent(endedAt: Date, offsets: Record<string, string>): TasksPublished {
  return {
    id: `tasks-published:${endedAt.toISOString()}`,
    type: 'TasksPublished',
    source: '/daybook/tasks',
    subject: topics.tasks.name,
    time: new Date().toISOString(),
    data: { endedAt: endedAt.toISOString(), offsets },
  }
}
