import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, Nullable, TimeZone, UserId } from './fields.ts'

const ofDay = { day: Day('The day'), timeZone: TimeZone('The time zone whose day it is') }

/** The events of daybook.reports: what other teams can rely on about written days. */
export const reportEvents = {
  DayReported: Type.Object(
    {
      ...ofDay,
      reportedAt: Instant('When the last log file of the day was written'),
      users: Type.Integer({ minimum: 0, description: 'How many users completed something' }),
      completions: Type.Integer({ minimum: 0, description: 'How many tasks they completed' }),
      failures: Type.Integer({ minimum: 0, description: 'How many user logs could not be written' }),
      coveredOffsets: Type.Record(Type.String(), Type.String(), {
        description:
          'Partition to offset of daybook.tasks: every event before these offsets is in the files of the day',
      }),
    },
    {
      description:
        'The log files of a day are written. A day on which nothing was completed has no such event.',
    },
  ),
  DayAmended: Type.Object(
    {
      ...ofDay,
      amendedAt: Instant('When the file was written again'),
      userId: UserId,
      revision: Type.Integer({ minimum: 1, description: "The revision of the user's log, from 1" }),
      completions: Type.Integer({ minimum: 0, description: 'How many tasks the log now holds' }),
      sha256: Nullable(
        Type.String(),
        'SHA-256 of the log file in hexadecimal, or null where nothing is left and the file is gone',
      ),
    },
    {
      description:
        "A user's log changed after it was written, or came after the day was reported. It may come before the DayReported of its day.",
    },
  ),
}

type Schemas = typeof reportEvents
export type DayReported = Envelope<'DayReported', Static<Schemas['DayReported']>>
export type DayAmended = Envelope<'DayAmended', Static<Schemas['DayAmended']>>
export type ReportEvent = DayReported | DayAmended
