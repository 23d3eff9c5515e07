import { type App, problems } from '@daybook/shared/http'
import type { LogsApart } from '../apart/apart-store.ts'
import type { UserLog } from '../logs/user-log-model.ts'
import { type UserLogs, userLogId } from '../logs/user-log-store.ts'
import type { LogAgeStore, LogAges } from '../old-days/log-ages-store.ts'
import type { Completion } from '../projection/completion.ts'
import type { Completions } from '../projection/completion-store.ts'
import { runId } from '../run-id.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import type { Runs } from '../runs/run-store.ts'
import { amendmentsOf } from './completions/amendments.ts'
import { isLate } from './completions/is-late.ts'
import { pageAfter } from './day-cursor.ts'
import { type DayState, dayState } from './day-state.ts'
import { DayBody, DayPath, DayQuery } from './schemas.ts'
import { whose } from './whose.ts'

export interface DayDeps {
  completions: Completions
  runs: Runs
  closedDays: ClosedDays
  userLogs: UserLogs
  logsApart: Pick<LogsApart, 'retrying'>
  logAges: Pick<LogAgeStore, 'read'>
}

/** Serves a user's day: its completions, and what is known of its log. */
export function serveDays(app: App, deps: DayDeps): void {
  const { completions, userLogs, logsApart, logAges } = deps
  app.get(
    '/days/:day',
    {
      schema: {
        tags: ['days'],
        operationId: 'readDay',
        summary: 'Your day in its current state',
        params: DayPath,
        querystring: DayQuery,
        response: { 200: DayBody, ...problems('DAYBOOK_AUTH_FORBIDDEN') },
      },
    },
    async ({ params: { day }, query, user }) => {
      const userId = whose(user, query.user)
      const [log, done] = [await userLogs.find(day, userId), await completions.ofUser(userId, day)]
      const retrying = await logsApart.retrying(userLogId(day, userId))
      const seen = log
        ? known(log, await logAges.read())
        : unwritten(await dayState({ day, done, ownTimeZone: user.timeZone }, deps))
      const { page, nextCursor } = pageAfter(done, query.cursor, query.limit)
      return {
        day,
        userId,
        completions: await bodiesOf(day, page, deps.runs),
        nextCursor,
        log: retrying === undefined ? seen : { ...seen, retrying },
      }
    },
  )
}

async function bodiesOf(day: string, page: Completion[], runs: Runs) {
  const zones = [...new Set(page.map(({ timeZone }) => timeZone))]
  const found = await runs.find(zones.map(zone => runId(day, zone)))
  return page.map(({ taskId, name, completedAt, timeZone, at }) => {
    const run = found.find(one => one.timeZone === timeZone)
    return { taskId, name, completedAt, timeZone, late: isLate(at, run) }
  })
}

function known(log: UserLog, { removedThrough }: LogAges) {
  const { revision, sha256, writtenAt, error } = log
  const isRemoved = log.day <= removedThrough && sha256 !== null
  const state =
    log.state === 'failed' ? 'failed' : isRemoved ? 'removed' : revision > 1 ? 'amended' : 'written'
  const when = writtenAt?.toISOString() ?? null
  return {
    state,
    revision,
    sha256,
    writtenAt: when,
    amendments: amendmentsOf(log),
    ...(error === undefined ? {} : { error }),
  } as const
}

const unwritten = (state: DayState) => ({ state, revision: 0, sha256: null, writtenAt: null, amendments: [] })
