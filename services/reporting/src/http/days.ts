import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems, type User } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { LogFiles } from '../logs/log-files.ts'
import type { UserLog } from '../logs/user-log-model.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Completion } from '../projection/completion.ts'
import type { Completions } from '../projection/completion-store.ts'
import { runId } from '../run-id.ts'
import type { Runs } from '../runs/run-store.ts'
import { DayBody, DayPath, UserQuery } from './schemas.ts'

export interface DayDeps {
  completions: Completions
  runs: Runs
  userLogs: UserLogs
  files: LogFiles
}

/** Serves a user's day: its completions and its log. */
export function serveDays(app: App, { completions, runs, userLogs, files }: DayDeps): void {
  const schema = { tags: ['days'], params: DayPath, querystring: UserQuery }

  app.get(
    '/days/:day',
    {
      schema: {
        ...schema,
        summary: 'Your day in its current state',
        response: { 200: DayBody, ...problems },
      },
    },
    async ({ params: { day }, query, user }) => {
      const userId = whose(user, query.user)
      const [log, done] = [await userLogs.find(day, userId), await completions.ofUser(userId, day)]
      const what = done.map(({ taskId, name, completedAt, timeZone }) => ({
        taskId,
        name,
        completedAt,
        timeZone,
      }))
      return { day, userId, completions: what, log: log ? known(log) : await unwritten(done, runs) }
    },
  )

  app.get(
    '/days/:day/log',
    {
      schema: {
        ...schema,
        summary: 'The log file of your day',
        produces: ['text/plain'],
        response: { 200: Type.String(), ...problems },
      },
    },
    async ({ params: { day }, query, user }, reply) => {
      const text = await files.read(day, whose(user, query.user))
      if (text !== undefined) return reply.type('text/plain; charset=utf-8').send(text as never)
      const message = `No log of ${day} is written. GET /days/${day} shows its state`
      throw new DaybookError('DAYBOOK_LOG_NOT_WRITTEN', message)
    },
  )
}

function whose(user: User, wanted: string | undefined): string {
  if (wanted === undefined || wanted === user.id) return user.id
  if (user.admin) return wanted
  throw new DaybookError(
    'DAYBOOK_AUTH_FORBIDDEN',
    "Only a token with the scope admin may read another user's day",
  )
}

function known({ state, revision, sha256, writtenAt, error }: UserLog) {
  const seen = state === 'failed' ? state : revision > 1 ? 'amended' : 'written'
  const when = writtenAt?.toISOString() ?? null
  return {
    state: seen,
    revision,
    sha256,
    writtenAt: when,
    ...(error === undefined ? {} : { error }),
  } as const
}

async function unwritten(done: Completion[], runs: Runs) {
  const found = await runs.find([...new Set(done.map(({ day, timeZone }) => runId(day, timeZone)))])
  return {
    state: found.length > 0 ? 'writing' : 'pending',
    revision: 0,
    sha256: null,
    writtenAt: null,
  } as const
}
