import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, Nullable, Offsets, TaskFiles, TimeZone, UserId } from './fields.ts'

const ofDay = { day: Day('The day'), timeZone: TimeZone('The time zone of the day') }

/** The events of daybook.reports, which tell other teams when the log files of a day are written or changed. */
export const reportEvents = {
  DayReported: Type.Object(
    {
      ...ofDay,
      reportedAt: Instant('When the last log file of the day was written'),
      users: Type.Integer({ minimum: 0, description: 'The number of users who completed a task' }),
      completions: Type.Integer({ minimum: 0, description: 'The number of tasks that they completed' }),
      failures: Type.Integer({
        minimum: 0,
        description: 'The number of user logs that could not be written',
      }),
      coveredOffsets: Offsets(
        'Partition to offset of daybook.tasks: the log files include every event before these offsets',
      ),
      manifestSha256: Type.Optional(
        Type.String({
          description:
            "SHA-256, in hexadecimal, of the day's manifest from its first line to its line `end`; absent from reports of earlier versions, which made no manifest",
        }),
      ),
    },
    {
      description: 'The log files of a day are written. A day without completed tasks has no such event.',
    },
  ),
  DayAmended: Type.Object(
    {
      ...ofDay,
      amendedAt: Instant('When the log file was written again'),
      userId: UserId,
      revision: Type.Integer({ minimum: 1, description: "The revision of the user's log, from 1" }),
      completions: Type.Integer({ minimum: 0, description: 'The number of tasks that the log now holds' }),
      sha256: Nullable(
        Type.String(),
        'SHA-256 of the log file in hexadecimal, or null when the log holds no task any more and the file is deleted',
      ),
      taskFiles: Type.Optional(TaskFiles),
      coveredOffsets: Type.Optional(
        Offsets(
          'Partition to offset of daybook.tasks: the log includes every event before these offsets; absent from events of earlier versions',
        ),
      ),
    },
    {
      description:
        "A user's log changed after it was written, or was written after the day was reported. Or the log got a completion of this time zone after the day was reported, with the report of another time zone: then its revision stays. If its day has a DayReported in its time zone, that comes first, unless the day lost all its completions while its logs were written.",
    },
  ),
}

type Schemas = typeof reportEvents
export type DayReported = Envelope<'DayReported', Static<Schemas['DayReported']>>
export type DayAmended = Envelope<'DayAmended', Static<Schemas['DayAmended']>>
export type ReportEvent = DayReported | DayAmended
