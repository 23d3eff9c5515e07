import { type App, pageOf, problems } from '@daybook/shared/http'
import type { LogsApart } from '../apart/apart-store.ts'
import type { UserLog } from '../logs/user-log-model.ts'
import { type UserLogs, userLogId } from '../logs/user-log-store.ts'
import type { LogAgeStore, LogAges } from '../old-days/log-ages-store.ts'
import type { DayOfUser } from '../projection/completion-store.ts'
import type { ShownCompletion, UserDays } from '../projection-reads/user-days-store.ts'
import { runId } from '../run-id.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import type { Run } from '../runs/run-model.ts'
import type { Runs } from '../runs/run-store.ts'
import { amendmentsOf } from './completions/amendments.ts'
import { isLate } from './completions/is-late.ts'
import { takenBackLate } from './completions/taken-back.ts'
import { readDayCursor, writeDayCursor } from './day-cursor.ts'
import { type DayState, dayState } from './day-state.ts'
import { DayBody, DayPath, DayQuery } from './schemas.ts'
import { whose } from './whose.ts'

export interface DayDeps {
  userDays: UserDays
  runs: Runs
  closedDays: ClosedDays
  userLogs: UserLogs
  logsApart: Pick<LogsApart, 'retrying'>
  logAges: Pick<LogAgeStore, 'read'>
}

/** Serves a user's day: its completions, and what is known of its log. */
export function serveDays(app: App, deps: DayDeps): void {
  const { userDays, logsApart, logAges } = deps
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
    async ({ params: { day }, query: { user: asked, cursor, limit }, user }) => {
      const userId = whose(user, asked)
      const [log, found, takenBack] = await readDay({ userId, day }, { cursor, limit: limit + 1 }, deps)
      const retrying = await logsApart.retrying(userLogId(day, userId))
      const ofDay = { day, ownTimeZone: user.timeZone }
      const seen = log
        ? known(log, await logAges.read())
        : unwritten(await dayState({ ...ofDay, zones: await userDays.zones({ userId, day }) }, deps))
      const { page, last } = pageOf(found, limit)
      const runs = await runsOf(day, [...page, ...(takenBack ?? [])], deps)
      return {
        day,
        userId,
        completions: page.map(one => bodyOf(one, runs)),
        ...(takenBack && { takenBack: takenBackLate(takenBack, runs) }),
        nextCursor: last ? writeDayCursor(last) : null,
        log: retrying === undefined ? seen : { ...seen, retrying },
      }
    },
  )
}

/** What is stored of a day. What was taken back belongs to the first page. */
const readDay = async (
  of: DayOfUser,
  { cursor, limit }: { cursor: string | undefined; limit: number },
  { userLogs, userDays }: DayDeps,
) =>
  Promise.all([
    userLogs.find(of.day, of.userId),
    userDays.page(of, { after: cursor === undefined ? undefined : readDayCursor(cursor), limit }),
    cursor === undefined ? userDays.takenBack(of) : undefined,
  ])

async function runsOf(day: string, of: readonly { timeZone: string }[], { runs }: DayDeps): Promise<Run[]> {
  const zones = [...new Set(of.map(({ timeZone }) => timeZone))]
  return runs.find(zones.map(zone => runId(day, zone)))
}

function bodyOf({ taskId, name, completedAt, timeZone, at }: ShownCompletion, runs: readonly Run[]) {
  const run = runs.find(one => one.timeZone === timeZone)
  return { taskId, name, completedAt, timeZone, late: isLate(at, run) }
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
