import { keepingEach } from '@daybook/shared/async/keeping'
import { type App, pageOf, problems } from '@daybook/shared/http'
import { currentTimeZone } from '@daybook/shared/time/days'
import type { UserLogs } from '../logs/user-log-store.ts'
import type { LogsOfDays } from '../reruns/logs-of-days-store.ts'
import { currentRunId } from '../run-id.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import { type Run, waitsFor } from '../runs/run-model.ts'
import type { Runs, WantedRuns } from '../runs/run-store.ts'
import { noRun } from './no-run.ts'
import { RunBody, RunList, RunPath, RunQuery } from './schemas.ts'

export interface RunDeps {
  runs: Runs
  userLogs: UserLogs
  closedDays: ClosedDays
  logsOfDays: LogsOfDays
}

// Two pages.
const MOST_COUNTED = 400

/** Serves the runs to operators: their states, their progress and their failures. */
export function serveRuns(app: App, deps: RunDeps): void {
  const { runs, closedDays } = deps
  const config = { admin: true }
  const tags = ['runs']
  const kept = keepingEach<number>(MOST_COUNTED)

  app.get(
    '/runs',
    {
      config,
      schema: {
        tags,
        operationId: 'listRuns',
        summary: 'Runs, newest day first',
        querystring: RunQuery,
        response: { 200: RunList, ...problems() },
      },
    },
    async ({ query: { state, failed, day, timeZone, limit, cursor: before } }) => {
      const zone = timeZone && currentTimeZone(timeZone)
      const wanted = { state, day, timeZone: zone, before, limit: limit + 1 }
      const found = await (failed === 'true' ? listFailed(wanted, deps) : runs.list(wanted))
      const { page, last } = pageOf(found, limit)
      const counted = page.map(run => runBody(run, deps, kept))
      return { runs: await Promise.all(counted), nextCursor: last?._id ?? null }
    },
  )

  app.get(
    '/runs/:id',
    {
      config,
      schema: {
        tags,
        operationId: 'readRun',
        summary: 'A run',
        params: RunPath,
        response: {
          200: RunBody,
          ...problems('DAYBOOK_RUN_NOT_FOUND', 'DAYBOOK_DAY_EMPTY', 'DAYBOOK_RUN_PENDING'),
        },
      },
    },
    async ({ params }) => {
      const [run] = await runs.find([currentRunId(params.id)])
      if (run !== undefined) return runBody(run, deps, kept)
      throw await noRun(params.id, { closedDays })
    },
  )
}

/** Lists runs of which a log could not be written: logs fail rarely, so these runs are few. */
async function listFailed(
  { state, day, timeZone, before, limit }: WantedRuns,
  { runs, logsOfDays }: RunDeps,
): Promise<Run[]> {
  const ids = (await logsOfDays.runsWithFailed()).filter(id => before === undefined || id < before)
  const found = await runs.find(ids)
  return found
    .filter(run => state === undefined || run.state === state)
    .filter(run => day === undefined || run.day === day)
    .filter(run => timeZone === undefined || currentTimeZone(run.timeZone) === timeZone)
    .toSorted((one, other) => (one._id > other._id ? -1 : 1))
    .slice(0, limit)
}

/** Counts, or keeps a count, see `keepingEach`. */
type Count = (question: string, ask: () => Promise<number>) => Promise<number>

/** A run as the REST API shows it. */
export const runBody = async (
  run: Run,
  deps: Pick<RunDeps, 'userLogs' | 'logsOfDays'>,
  count: Count = (_, ask) => ask(),
) => bodyOf(run, await countLogs(run, deps, count))

type Counts = Awaited<ReturnType<typeof countLogs>>

/** Counts the logs of a run by their states. */
async function countLogs(
  { _id: id, state }: Run,
  { userLogs, logsOfDays }: Pick<RunDeps, 'userLogs' | 'logsOfDays'>,
  count: Count,
) {
  const [failed, amended] = await Promise.all([userLogs.countFailed(id), logsOfDays.countAmended(id)])
  const [written, [first]] = await Promise.all([
    // This walks nearly all logs of the run. A failure that comes or goes changes it, so it is counted anew.
    count(`${id} ${state} ${failed} ${amended}`, async () => userLogs.countWritten(id)),
    failed > 0 ? logsOfDays.firstFailed(id, 1) : [],
  ])
  return { written, failed, amended, firstError: first?.error ?? null }
}

function bodyOf(run: Run, counts: Counts) {
  const { _id: id, day, timeZone, state, createdAt, writingAt, doneAt, manifestSha256 = null } = run
  const times = { createdAt: iso(createdAt), writingAt: isoOrNull(writingAt), doneAt: isoOrNull(doneAt) }
  return {
    ...{ id, day, timeZone, state, jobs: run.jobs ?? null, completions: run.counts?.completions ?? null },
    ...counts,
    ...(state === 'done' ? {} : { waitsFor: waitsFor(run) }),
    ...times,
    manifestSha256,
  }
}

const iso = (date: Date) => date.toISOString()
const isoOrNull = (date: Date | undefined) => date?.toISOString() ?? null
