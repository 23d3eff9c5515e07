import { Day, Instant, Nullable, TaskId, TimeZone, UserId } from '@daybook/shared/events'
import { Type } from 'typebox'

/** The shapes of the REST API. */

export const DayPath = Type.Object({ day: Day('The day') })

export const UserQuery = Type.Object(
  {
    user: Type.Optional(Type.String({ minLength: 1, description: 'Whose day, for an admin; else your own' })),
  },
  { additionalProperties: false },
)

const LogState = Type.Enum(['pending', 'writing', 'written', 'amended', 'failed'], {
  description:
    'pending: the day is not over, or nothing was completed; writing: its run is under way; written; amended: written again since; failed: see error',
})

const Time = (description: string) => Nullable(Type.String({ format: 'date-time' }), description)

export const DayBody = Type.Object({
  day: Day('The day'),
  userId: UserId,
  completions: Type.Array(
    Type.Object({
      taskId: TaskId,
      name: Type.String(),
      completedAt: Instant('When it was completed'),
      timeZone: TimeZone('Where the user was'),
    }),
    { description: 'What was completed on that day, as of now, in that order' },
  ),
  log: Type.Object({
    state: LogState,
    revision: Type.Integer({
      minimum: 0,
      description: 'How often its bytes have changed; 0 before it is written',
    }),
    sha256: Nullable(Type.String(), 'Of the log file; null while there is none'),
    writtenAt: Time('When its bytes last changed'),
    error: Type.Optional(Type.String({ description: 'Why it could not be written' })),
  }),
})

const RUN_ID = '^\\d{4}-\\d\\d-\\d\\d@\\S+$'

const RunState = Type.Enum(['closing', 'writing', 'empty', 'done'], {
  description:
    'closing: waiting until the events of the day are projected; writing; empty: nothing was completed, it is about to go; done',
})

export const RunBody = Type.Object({
  id: Type.String({ description: '<day>@<timeZone>' }),
  day: Day('The day'),
  timeZone: TimeZone('Whose day it is'),
  state: RunState,
  jobs: Nullable(
    Type.Integer(),
    'How many log requests were sent, one for each user; null until all are sent',
  ),
  written: Type.Integer({ description: 'User logs written' }),
  failed: Type.Integer({ description: 'User logs that could not be written' }),
  createdAt: Instant('When its end of day arrived'),
  writingAt: Time('When all events of the day had been projected'),
  doneAt: Time('When the last user log was written'),
})

export const RunList = Type.Object({
  runs: Type.Array(RunBody),
  nextCursor: Nullable(Type.String(), 'Where the next page begins, or null after the last one'),
})

export const RunQuery = Type.Object(
  {
    state: Type.Optional(RunState),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    cursor: Type.Optional(Type.String({ pattern: RUN_ID, description: 'nextCursor of the page before' })),
  },
  { additionalProperties: false },
)

export const RunPath = Type.Object({
  id: Type.String({
    pattern: RUN_ID,
    description: '<day>@<timeZone>, URL-encoded, as in 2026-11-22@Europe%2FBerlin',
  }),
})
