import { Day, Instant, Nullable, NullableInstant, Sequence, TimeZone, UserId } from '@daybook/shared/events'
import { type Static, Type } from 'typebox'
import { Amendments } from './amendments.ts'

const RunOfDay = Type.Object(
  {
    id: Type.String({ description: 'For GET /runs/{id}' }),
    state: Type.String(),
    createdAt: Instant('When the run was made'),
    writingAt: NullableInstant('When its log requests began, or null'),
    doneAt: NullableInstant('When the day was reported, or null'),
  },
  { title: 'RunOfCompletion' },
)

const LogOfDay = Type.Object(
  {
    state: Type.Enum(['written', 'failed']),
    file: Type.String({ description: 'Its path below the folder of the log files' }),
    line: Nullable(Type.Integer(), 'The line of the task, from 1; null when the file does not have it'),
    revision: Type.Integer({
      description: 'How often the bytes of the file have changed; more than 1: it was amended',
    }),
    firstWrittenAt: NullableInstant(
      'When it was written first; null before, and if an earlier version amended it first',
    ),
    writtenAt: NullableInstant('When it changed last, or null'),
    runs: Type.Array(Type.String(), { description: 'The runs that wrote it' }),
    amendments: Amendments,
    error: Type.Optional(Type.String({ description: 'Why it could not be written' })),
  },
  { title: 'LogOfCompletion' },
)

const CompletionBody = Type.Object(
  {
    day: Day('The day'),
    timeZone: TimeZone('The time zone of its user at that time'),
    userId: UserId,
    sequence: Sequence,
    takenBack: Type.Boolean({ description: 'Whether the completion was taken back on the same day' }),
    completedAt: NullableInstant('When the task was completed; null when that was taken back'),
    partition: Nullable(
      Type.Integer(),
      'The partition of daybook.tasks from which it was read; null if an earlier version read it',
    ),
    offset: Nullable(Type.String(), 'The offset, or null like `partition`'),
    projectedAt: NullableInstant(
      'When it was written into the projection; after a rebuild of the projection, the time of the rebuild; null if an earlier version wrote it',
    ),
    late: Nullable(
      Type.Boolean(),
      'Whether it came after its day was closed, so that a late request wrote its log; null before there is a run, or without a place',
    ),
    run: Type.Union([RunOfDay, Type.Null()], { description: 'The run of the day; null before there is one' }),
    log: Type.Union([LogOfDay, Type.Null()], {
      description: 'The log of the user; null before there is one',
    }),
  },
  { title: 'CompletionOfDay' },
)

/** What became of the completion of a task on a day. */
export type CompletionAnswer = Static<typeof CompletionBody>

const example: CompletionAnswer = {
  ...{ day: '2026-11-22', timeZone: 'Europe/Berlin', userId: 'alice', sequence: 2, takenBack: false },
  ...{ completedAt: '2026-11-22T08:30:00.000Z', partition: 3, offset: '1204', late: false },
  projectedAt: '2026-11-22T08:30:00.040Z',
  run: {
    ...{ id: '2026-11-22@Europe/Berlin', state: 'done', createdAt: '2026-11-22T23:00:00.100Z' },
    ...{ writingAt: '2026-11-22T23:00:00.200Z', doneAt: '2026-11-22T23:00:01.000Z' },
  },
  log: {
    ...{ state: 'written', file: '2026-11-22/alice.log', line: 1, revision: 1 },
    ...{ firstWrittenAt: '2026-11-22T23:00:00.500Z', writtenAt: '2026-11-22T23:00:00.500Z' },
    ...{ runs: ['2026-11-22@Europe/Berlin'], amendments: [] },
  },
}

export const CompletionsBody = Type.Object(
  { completions: Type.Array(CompletionBody) },
  { title: 'CompletionsOfTask', examples: [{ completions: [example] }] },
)

export const CompletionsQuery = Type.Object(
  {
    day: Type.Array(Day('A day'), {
      minItems: 1,
      maxItems: 50,
      description:
        'The days to look at, `day=a&day=b`: those of the completions in `GET /tasks/{id}/history` of tasks',
    }),
  },
  { additionalProperties: false },
)
