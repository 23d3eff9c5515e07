import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems, type User } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { LogFiles } from '../logs/log-files.ts'
import type { UserLog } from '../logs/user-log-model.ts'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { Completion } from '../projection/completion.ts'
import type { Completions } from '../projection/completion-store.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import type { Runs } from '../runs/run-store.ts'
import { type DayState, dayState, reasonOf } from './day-state.ts'
import { DayBody, DayPath, UserQuery } from './schemas.ts'

export interface DayDeps {
  completions: Completions
  runs: Runs
  closedDays: ClosedDays
  userLogs: UserLogs
  files: LogFiles
}

/** Serves a user's day: its completions and its log. */
export function serveDays(app: App, deps: DayDeps): void {
  const { completions, userLogs, files } = deps
  const schema = { tags: ['days'], params: DayPath, querystring: UserQuery }
  const stateOf = (day: string, done: Completion[], { timeZone: ownTimeZone }: User) =>
    dayState({ day, timeZones: [...new Set(done.map(({ timeZone }) => timeZone))], ownTimeZone }, deps)

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
      return {
        day,
        userId,
        completions: what,
        log: log ? known(log) : unwritten(await stateOf(day, done, user)),
      }
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
      const done = await completions.ofUser(whose(user, query.user), day)
      const state = await stateOf(day, done, user)
      throw new DaybookError(
        state === 'empty' ? 'DAYBOOK_DAY_EMPTY' : 'DAYBOOK_LOG_NOT_WRITTEN',
        `There is no log of ${day}: ${reasonOf[state]}`,
      )
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

const unwritten = (state: DayState) => ({ state, revision: 0, sha256: null, writtenAt: null })
