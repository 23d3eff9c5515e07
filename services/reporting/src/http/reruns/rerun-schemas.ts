import { Day, Instant, Nullable, NullableInstant, TimeZone, UserId } from '@daybook/shared/events'
import { Type } from 'typebox'
import { reasons } from '../../reruns/dry-run.ts'
import { RUN_ID } from '../../run-id.ts'
import { exampleListedRerun, exampleRerun } from './examples.ts'

/** The shapes of reruns in the REST API. */

const Count = (description: string) => Type.Integer({ minimum: 0, description })
/** How many of what, of a day or of the whole rerun. */
const counts = {
  users: Count('Users who completed a task'),
  completions: Count('Tasks that were completed'),
  written: Count('Logs that are written; with `dryRun`, all that would be written, also those not compared'),
  changed: Count(
    'Logs of which the bytes have changed; each change of a reported day is announced by DayAmended',
  ),
  failed: Count('Logs that could not be written'),
}

const Failure = Type.Object({
  day: Day('The day'),
  timeZone: TimeZone('The time zone of the day'),
  user: UserId,
  error: Type.String({ description: 'Why the log could not be written' }),
})

const common = {
  id: Nullable(Type.String(), 'The id of the rerun, a UUIDv7; null for a dry run'),
  from: Day('The first day'),
  to: Day('The last day'),
  user: Nullable(Type.String(), 'The only user; null for all'),
  failedOnly: Type.Boolean({ description: 'Whether it is only about logs that could not be written' }),
  by: Type.String({ description: 'Who ordered it' }),
  state: Type.Enum(['dryRun', 'running', 'done'], {
    description: 'dryRun: nothing was ordered; running: not all days are done',
  }),
  total: Count('How many days in time zones it is about'),
  createdAt: Instant('When it was ordered'),
  doneAt: NullableInstant('When its last day was done'),
}

const progress = {
  ...common,
  done: Count('How many of its days are done'),
  requests: Count('How many log requests it has sent, one for each user of a day that was reported before'),
  handled: Count('How many of these requests the writers have passed, by the offsets of their topic'),
  ...counts,
  failures: Type.Array(Failure, { description: 'The first logs that could not be written' }),
}

/** The state of a rerun as a whole: an event of its progress. */
export const RerunProgress = Type.Object(progress, { title: 'RerunProgress' })

const Log = Type.Object({
  state: Type.Enum(['absent', 'written', 'amended', 'failed'], {
    description: 'absent: the user has no log of this day. The others are as in GET /days/{day}',
  }),
  revision: Count('How often the bytes of the log have changed'),
  sha256: Nullable(Type.String(), 'The SHA-256 of the log file in hexadecimal; null while there is no file'),
  writtenAt: NullableInstant('When the bytes of the log last changed'),
})

const Difference = Type.Object({
  user: UserId,
  why: Type.Enum([...reasons], {
    description:
      'new: the log was never written; content: it would have other bytes; missing: the file is missing; damaged: the file has other bytes than its record says; failed: it could not be written before',
  }),
})

const RerunDay = Type.Object(
  {
    day: Day('The day'),
    timeZone: TimeZone('The time zone of the day'),
    state: Type.Enum(['waiting', 'following', 'writing', 'done'], {
      description:
        'waiting: not begun; following: waits for the run of the day; writing: waits until the writers have written the logs again',
    }),
    how: Type.Optional(
      Type.Enum(['run', 'again', 'empty'], {
        description:
          'run: the run of the day writes the logs, because there was none, or it was not done; again: the day was reported, and its logs are written again; empty: the day is over, and no task was completed. Absent while that is not known',
      }),
    ),
    requests: Count('How many log requests were sent'),
    handled: Count('How many of them the writers have passed'),
    ...counts,
    log: Type.Optional({ ...Log, description: 'The log of the only user' }),
    compared: Type.Optional(
      Count(
        'With `dryRun`: how many logs were compared with their records and files; 10,000 of all days at most',
      ),
    ),
    restored: Type.Optional(
      Count('With `dryRun`: how many of them have no file, or one with other bytes than their record says'),
    ),
    differences: Type.Optional(
      Type.Array(Difference, {
        description: 'With `dryRun`: the first logs that the rerun would change or restore',
      }),
    ),
  },
  { title: 'RerunDay' },
)

/** A rerun in a list. */
export const ListedRerun = Type.Object(
  { ...common, ofRun: Type.Optional(RerunDay) },
  { title: 'ListedRerun', description: 'A rerun. `ofRun`: with `run`, what became of the logs of this run' },
)

/** A rerun with all its days. */
export const RerunBody = Type.Object(
  {
    ...progress,
    days: Type.Array(RerunDay, { description: 'Its days in time zones' }),
  },
  { title: 'Rerun', examples: [exampleRerun] },
)

export const RerunList = Type.Object(
  {
    reruns: Type.Array(ListedRerun),
    nextCursor: Nullable(Type.String(), 'The cursor of the next page; null on the last page'),
  },
  { title: 'RerunList', examples: [{ reruns: [exampleListedRerun], nextCursor: null }] },
)

const Id = Type.String({ format: 'uuid', description: 'The id of the rerun' })

export const RerunPath = Type.Object({ id: Id })

export const RerunQuery = Type.Object(
  {
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
    run: Type.Optional(
      Type.String({
        pattern: RUN_ID,
        description: 'Only reruns of the logs of this run, `<day>@<timeZone>`, each with what became of them',
      }),
    ),
    cursor: Type.Optional({ ...Id, description: '`nextCursor` of the previous page' }),
  },
  { additionalProperties: false },
)
