import { Day, Instant, Nullable, NullableInstant, TaskId, TimeZone, UserId } from '@daybook/shared/events'
import { Type } from 'typebox'
import { RUN_ID } from '../run-id.ts'
import { waitingFor } from '../runs/run-model.ts'
import { Amendments } from './completions/amendments.ts'
import { TakenBackLate } from './completions/taken-back.ts'
import { DAY_CURSOR } from './day-cursor.ts'
import { exampleDay, exampleMonth, exampleRun } from './examples.ts'

/** The schemas of the REST API. */

export const DayPath = Type.Object({ day: Day('The day') })

export const UserQuery = Type.Object(
  {
    user: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'The user whose day an admin asks for. The default is yourself',
      }),
    ),
  },
  { additionalProperties: false },
)

/** The most completions in an answer. */
const MAX_COMPLETIONS = 1000

export const DayQuery = Type.Object(
  {
    ...UserQuery.properties,
    limit: Type.Integer({
      minimum: 1,
      maximum: MAX_COMPLETIONS,
      default: MAX_COMPLETIONS,
      description: 'How many completions are returned at most',
    }),
    cursor: Type.Optional(
      Type.String({ pattern: DAY_CURSOR, description: '`nextCursor` of the previous page of the day' }),
    ),
  },
  { additionalProperties: false },
)

const LogState = Type.Enum(
  ['open', 'empty', 'pending', 'writing', 'written', 'amended', 'removed', 'failed'],
  {
    description:
      'open: the day is not over; empty: the day is over, and no task was completed; pending: the day is over, and its last events are not processed yet; writing: the logs of the day are written now; written: the log is written; amended: the log was written again with other bytes; removed: the log file was removed because of its age; failed: the log could not be written, see error. For a user without completions, the time zone of the token says whether the day is over',
  },
)

export const DayBody = Type.Object(
  {
    day: Day('The day'),
    userId: UserId,
    completions: Type.Array(
      Type.Object(
        {
          taskId: TaskId,
          name: Type.String(),
          completedAt: Instant('When the task was completed'),
          timeZone: TimeZone('The time zone of the user at that time'),
          late: Nullable(
            Type.Boolean(),
            'Whether it came after the day was closed; null before that, or if an earlier version stored it',
          ),
        },
        { title: 'Completion' },
      ),
      { description: 'The completions of the day that count now, in the order of completion' },
    ),
    takenBack: Type.Optional(TakenBackLate),
    nextCursor: Nullable(
      Type.String(),
      'The cursor of the next completions; null when these are the last ones. `GET /days/{day}/log` has all of them',
    ),
    log: Type.Object({
      state: LogState,
      revision: Type.Integer({
        minimum: 0,
        description: 'How often the bytes of the log have changed; 0 before it is written',
      }),
      sha256: Nullable(
        Type.String(),
        'The SHA-256 of the log file in hexadecimal; null while there is no file',
      ),
      writtenAt: NullableInstant('When the bytes of the log last changed'),
      amendments: Amendments,
      error: Type.Optional(Type.String({ description: 'Why the log could not be written' })),
      retrying: Type.Optional(
        Type.Object(
          {
            attempts: Type.Integer({ description: 'How many attempts have failed, of 8' }),
            error: Type.String({ description: 'The error of the last attempt' }),
          },
          { description: 'The last writing of the log has failed, and it will be tried again' },
        ),
      ),
    }),
  },
  { title: 'Day', examples: [exampleDay] },
)

const Month = Type.String({
  pattern: '^\\d{4}-(0[1-9]|1[0-2])$',
  description: 'The month, YYYY-MM',
})

export const MonthQuery = Type.Object(
  { month: Month, ...UserQuery.properties },
  { additionalProperties: false },
)

export const MonthBody = Type.Object(
  {
    month: Month,
    userId: UserId,
    days: Type.Array(
      Type.Object(
        {
          day: Day('The day'),
          completions: Type.Integer({ minimum: 0, description: 'How many completions count now' }),
          revision: Type.Integer({
            minimum: 0,
            description:
              'How often the bytes of the log have changed: 0 before it is written, more than 1 when it was amended',
          }),
          failed: Type.Boolean({ description: 'Whether the log could not be written' }),
        },
        { title: 'DayOfMonth' },
      ),
      { description: 'The days that have a completion or a log, in their order' },
    ),
  },
  { title: 'Month', examples: [exampleMonth] },
)

const RunState = Type.Enum(['closing', 'writing', 'empty', 'done'], {
  description:
    'closing: waits until the events of the day are projected; writing: waits until the logs are written; empty: no task was completed, the run is removed next; done: the day is reported',
})

export const RunBody = Type.Object(
  {
    id: Type.String({ description: '<day>@<timeZone>' }),
    day: Day('The day'),
    timeZone: TimeZone('The time zone of the day'),
    state: RunState,
    jobs: Nullable(
      Type.Integer(),
      'How many log requests were sent, one for each user; null until all are sent',
    ),
    completions: Nullable(
      Type.Integer(),
      'How many completions were listed; null like `jobs`, and for runs of earlier versions',
    ),
    written: Type.Integer({
      description: 'User logs written. A count is kept for twenty times as long as it took',
    }),
    failed: Type.Integer({ description: 'User logs that could not be written' }),
    firstError: Nullable(
      Type.String(),
      'Why the first log, by user, could not be written; null when all are written',
    ),
    amended: Type.Integer({
      description: 'Those of the written logs whose bytes have changed after they were first written',
    }),
    waitsFor: Type.Optional(
      Type.Enum([...waitingFor], {
        description:
          'What a run that is not done waits for. tasks: that everything of the day is published; projection: that it is projected; writers: that the logs are written',
      }),
    ),
    createdAt: Instant('When the end of the day was received'),
    writingAt: NullableInstant('When all events of the day had been projected'),
    doneAt: NullableInstant('When the last user log was written'),
    manifestSha256: Nullable(
      Type.String(),
      'The SHA-256 of the report in the manifest of the day, as in DayReported; null before, and for runs of earlier versions',
    ),
  },
  { title: 'Run', examples: [exampleRun] },
)

export const RunList = Type.Object(
  {
    runs: Type.Array(RunBody),
    nextCursor: Nullable(Type.String(), 'The cursor of the next page; null on the last page'),
  },
  { title: 'RunList', examples: [{ runs: [exampleRun], nextCursor: null }] },
)

export const RunQuery = Type.Object(
  {
    state: Type.Optional(RunState),
    failed: Type.Optional(
      Type.Enum(['true', 'false'], {
        description:
          'Whether to list only runs with a log that could not be written: of the 10,000 logs that failed last',
      }),
    ),
    day: Type.Optional(Day('Only runs of this day')),
    timeZone: Type.Optional(TimeZone('Only runs in this time zone')),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    cursor: Type.Optional(Type.String({ pattern: RUN_ID, description: '`nextCursor` of the previous page' })),
  },
  { additionalProperties: false },
)

export const RunPath = Type.Object({
  id: Type.String({
    pattern: RUN_ID,
    description: '<day>@<timeZone>, URL-encoded, as in 2026-11-22@Europe%2FBerlin',
  }),
})
