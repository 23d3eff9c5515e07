import { Day, Instant, Nullable, Sequence, TaskId, TimeZone, UserId } from '@daybook/shared/events'
import { type App, problems, type User } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import { logPath } from '../logs/file-names.ts'
import type { LogFiles } from '../logs/log-files.ts'
import type { KnownLog, UserLogs } from '../logs/user-log-store.ts'
import { placeOf } from '../projection/place.ts'
import type { KnownCompletion, TaskDays } from '../projection/task-days-store.ts'
import { runId } from '../run-id.ts'
import type { Run } from '../runs/run-model.ts'
import type { Runs } from '../runs/run-store.ts'

export interface CompletionDeps {
  taskDays: TaskDays
  runs: Pick<Runs, 'find'>
  userLogs: Pick<UserLogs, 'find'>
  files: Pick<LogFiles, 'read'>
}

const Time = (description: string) => Nullable(Type.String({ format: 'date-time' }), description)

const RunOfDay = Type.Object(
  {
    id: Type.String({ description: 'For GET /runs/{id}' }),
    state: Type.String(),
    createdAt: Instant('When the run was made'),
    writingAt: Time('When its log requests began, or null'),
    doneAt: Time('When the day was reported, or null'),
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
    writtenAt: Time('When it changed last, or null'),
    runs: Type.Array(Type.String(), { description: 'The runs that wrote it' }),
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
    completedAt: Time('When the task was completed; null when that was taken back'),
    partition: Nullable(
      Type.Integer(),
      'The partition of daybook.tasks from which it was read; null if an earlier version read it',
    ),
    offset: Nullable(Type.String(), 'The offset, or null like `partition`'),
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

const example: Static<typeof CompletionBody> = {
  ...{ day: '2026-11-22', timeZone: 'Europe/Berlin', userId: 'alice', sequence: 2, takenBack: false },
  ...{ completedAt: '2026-11-22T08:30:00.000Z', partition: 3, offset: '1204', late: false },
  run: {
    ...{ id: '2026-11-22@Europe/Berlin', state: 'done', createdAt: '2026-11-22T23:00:00.100Z' },
    ...{ writingAt: '2026-11-22T23:00:00.200Z', doneAt: '2026-11-22T23:00:01.000Z' },
  },
  log: {
    ...{ state: 'written', file: '2026-11-22/alice.log', line: 1, revision: 1 },
    ...{ writtenAt: '2026-11-22T23:00:00.500Z', runs: ['2026-11-22@Europe/Berlin'] },
  },
}

const query = Type.Object(
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

/** Serves what became of the completions of a task on some days: one's own, and all for an admin. */
export function serveCompletions(app: App, deps: CompletionDeps): void {
  const schema = {
    tags: ['days'],
    operationId: 'readCompletions',
    summary: 'What became of the completions of a task: projection, run, log file and line',
    description:
      'Days without a completion of the task are left out, and so are, for others than admins, tasks of other users.',
    params: Type.Object({ taskId: TaskId }),
    querystring: query,
    response: {
      200: Type.Object(
        { completions: Type.Array(CompletionBody) },
        { title: 'CompletionsOfTask', examples: [{ completions: [example] }] },
      ),
      ...problems(),
    },
  }
  app.get('/completions/:taskId', { schema }, async ({ params: { taskId }, query: { day }, user }) => {
    const found = (await deps.taskDays.find(taskId, [...new Set(day)])).filter(one => maySee(user, one))
    const bodies = found.map(one => bodyOf(one, deps))
    return { completions: (await Promise.all(bodies)).sort((a, b) => (a.day < b.day ? -1 : 1)) }
  })
}

const maySee = (user: User, { userId }: KnownCompletion) => user.admin || user.id === userId

async function bodyOf(one: KnownCompletion, deps: CompletionDeps): Promise<Static<typeof CompletionBody>> {
  const { day, timeZone, userId, version: sequence, takenBack, at, completedAt = null } = one
  const place = at === undefined ? undefined : placeOf(at)
  const [[run], log] = await Promise.all([
    deps.runs.find([runId(day, timeZone)]),
    deps.userLogs.find(day, userId),
  ])
  return {
    ...{ day, timeZone, userId, sequence, takenBack, completedAt },
    partition: place?.partition ?? null,
    offset: place === undefined ? null : String(place.offset),
    late: isLate(place, run),
    run: run === undefined ? null : runOf(run),
    log: log === undefined ? null : await logOf(one, log, deps),
  }
}

/** The run has the completions before its first barrier. */
function isLate(place: ReturnType<typeof placeOf> | undefined, run: Run | undefined): boolean | null {
  if (place === undefined || run?.closingOffsets === undefined) return null
  return place.offset >= BigInt(run.closingOffsets[place.partition] ?? 0)
}

const runOf = ({ _id: id, state, createdAt, writingAt, doneAt }: Run) => ({
  ...{ id, state, createdAt: createdAt.toISOString() },
  writingAt: writingAt?.toISOString() ?? null,
  doneAt: doneAt?.toISOString() ?? null,
})

async function logOf({ taskId }: KnownCompletion, log: KnownLog, { files }: CompletionDeps) {
  const { day, userId, state, revision, writtenAt, runs, error } = log
  const text = (await files.read(day, userId))?.toString() ?? ''
  const line = text.split('\n').findIndex(one => one.split('\t')[2] === taskId)
  return {
    ...{
      state,
      file: `${logPath(day, userId)}.log`,
      line: line < 0 ? null : line + 1,
      revision,
      runs: runs ?? [],
    },
    writtenAt: writtenAt?.toISOString() ?? null,
    ...(error === undefined ? {} : { error }),
  }
}
