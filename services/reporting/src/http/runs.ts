import { type App, pageOf, problems } from '@daybook/shared/http'
import type { UserLogs } from '../logs/user-log-store.ts'
import { currentRunId } from '../run-id.ts'
import type { ClosedDays } from '../runs/closed-day-store.ts'
import type { Run } from '../runs/run-model.ts'
import type { Runs } from '../runs/run-store.ts'
import { noRun } from './no-run.ts'
import { RunBody, RunList, RunPath, RunQuery } from './schemas.ts'

export interface RunDeps {
  runs: Runs
  userLogs: UserLogs
  closedDays: ClosedDays
}

/** Serves the runs to operators: their states, their progress and their failures. */
export function serveRuns(app: App, deps: RunDeps): void {
  const { runs, closedDays } = deps
  const config = { admin: true }
  const tags = ['runs']

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
    async ({ query: { state, limit, cursor } }) => {
      const { page, last } = pageOf(await runs.list({ state, before: cursor, limit: limit + 1 }), limit)
      return { runs: await Promise.all(page.map(run => runBody(run, deps))), nextCursor: last?._id ?? null }
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
      if (run !== undefined) return runBody(run, deps)
      throw await noRun(params.id, { closedDays })
    },
  )
}

/** A run as the REST API shows it. */
export async function runBody(run: Run, { userLogs }: Pick<RunDeps, 'userLogs'>) {
  const { _id: id, day, timeZone, state, createdAt, writingAt, doneAt, jobs, manifestSha256 = null } = run
  const times = { createdAt: iso(createdAt), writingAt: isoOrNull(writingAt), doneAt: isoOrNull(doneAt) }
  const [written, failed] = await Promise.all([userLogs.countWritten(id), userLogs.countFailed(id)])
  return { id, day, timeZone, state, jobs: jobs ?? null, written, failed, ...times, manifestSha256 }
}

const iso = (date: Date) => date.toISOString()
const isoOrNull = (date: Date | undefined) => date?.toISOString() ?? null
