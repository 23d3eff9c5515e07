import { TaskId } from '@daybook/shared/events'
import { type App, problems, type User } from '@daybook/shared/http'
import { Type } from 'typebox'
import { firstWrittenAt } from '../../logs/amendments/log-amendment.ts'
import { logPath } from '../../logs/file-names.ts'
import type { LogFiles } from '../../logs/log-files.ts'
import type { KnownLog, UserLogs } from '../../logs/user-log-store.ts'
import { placeOf } from '../../projection/place.ts'
import type { KnownCompletion, TaskDays } from '../../projection-reads/task-days-store.ts'
import { runId } from '../../run-id.ts'
import type { Run } from '../../runs/run-model.ts'
import type { Runs } from '../../runs/run-store.ts'
import { amendmentsOf } from './amendments.ts'
import { type CompletionAnswer, CompletionsBody, CompletionsQuery } from './completion-schemas.ts'
import { isLate } from './is-late.ts'

export interface CompletionDeps {
  taskDays: TaskDays
  runs: Pick<Runs, 'find'>
  userLogs: Pick<UserLogs, 'find'>
  files: Pick<LogFiles, 'read'>
}

/** Serves what became of the completions of a task on some days: one's own, and all for an admin. */
export function serveCompletions(app: App, deps: CompletionDeps): void {
  const schema = {
    tags: ['days'],
    operationId: 'readCompletions',
    summary: 'What became of the completions of a task: projection, run, log file and line',
    description:
      'Days without a completion of the task are left out, and so are, for others than admins, tasks of other users.',
    params: Type.Object({ taskId: TaskId }),
    querystring: CompletionsQuery,
    response: { 200: CompletionsBody, ...problems() },
  }
  app.get('/completions/:taskId', { schema }, async ({ params: { taskId }, query: { day }, user }) => {
    const found = (await deps.taskDays.find(taskId, [...new Set(day)])).filter(one => maySee(user, one))
    const bodies = found.map(one => bodyOf(one, deps))
    return { completions: (await Promise.all(bodies)).sort((a, b) => (a.day < b.day ? -1 : 1)) }
  })
}

const maySee = (user: User, { userId }: KnownCompletion) => user.admin || user.id === userId

const textOf = (time: Date | null | undefined) => time?.toISOString() ?? null

async function bodyOf(one: KnownCompletion, deps: CompletionDeps): Promise<CompletionAnswer> {
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
    projectedAt: textOf(one.projectedAt),
    late: isLate(at, run),
    run: run === undefined ? null : runOf(run),
    log: log === undefined ? null : await logOf(one, log, deps),
  }
}

const runOf = ({ _id: id, state, createdAt, writingAt, doneAt }: Run) => ({
  ...{ id, state, createdAt: createdAt.toISOString() },
  ...{ writingAt: textOf(writingAt), doneAt: textOf(doneAt) },
})

async function logOf({ taskId }: KnownCompletion, log: KnownLog, { files }: CompletionDeps) {
  const { day, userId, state, revision, writtenAt, runs, error } = log
  const text = (await files.read(day, userId))?.toString() ?? ''
  const line = text.split('\n').findIndex(one => one.split('\t')[2] === taskId)
  return {
    ...{ state, file: `${logPath(day, userId)}.log`, line: line < 0 ? null : line + 1, revision },
    ...{ firstWrittenAt: textOf(firstWrittenAt(log)), writtenAt: textOf(writtenAt) },
    ...{ runs: runs ?? [], amendments: amendmentsOf(log) },
    ...(error === undefined ? {} : { error }),
  }
}
