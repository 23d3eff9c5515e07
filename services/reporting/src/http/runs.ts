import { DaybookError } from '@daybook/shared/failures/errors'
import { type App, problems } from '@daybook/shared/http'
import type { UserLogs } from '../logs/user-log-store.ts'
import { currentRunId } from '../run-id.ts'
import type { Run } from '../runs/run-model.ts'
import type { Runs } from '../runs/run-store.ts'
import { RunBody, RunList, RunPath, RunQuery } from './schemas.ts'

/** Serves the runs to operators: their states, their progress and their failures. */
export function serveRuns(app: App, { runs, userLogs }: { runs: Runs; userLogs: UserLogs }): void {
  const config = { admin: true }
  const tags = ['runs']

  async function body(run: Run) {
    const { _id: id, day, timeZone, state, createdAt, writingAt, doneAt, jobs, manifestSha256 = null } = run
    const times = { createdAt: iso(createdAt), writingAt: isoOrNull(writingAt), doneAt: isoOrNull(doneAt) }
    const [written, failed] = await Promise.all([userLogs.countWritten(id), userLogs.countFailed(id)])
    return { id, day, timeZone, state, jobs: jobs ?? null, written, failed, ...times, manifestSha256 }
  }

  app.get(
    '/runs',
    {
      config,
      schema: {
        tags,
        summary: 'Runs, newest day first',
        querystring: RunQuery,
        response: { 200: RunList, ...problems },
      },
    },
    async ({ query: { state, limit, cursor } }) => {
      // Reads one run more than the page holds, to know whether there is another page.
      const found = await runs.list({ state, before: cursor, limit: limit + 1 })
      const page = found.slice(0, limit)
      const nextCursor = found.length > limit ? (page.at(-1)?._id ?? null) : null
      return { runs: await Promise.all(page.map(body)), nextCursor }
    },
  )

  app.get(
    '/runs/:id',
    { config, schema: { tags, summary: 'A run', params: RunPath, response: { 200: RunBody, ...problems } } },
    async ({ params }) => {
      const [run] = await runs.find([currentRunId(params.id)])
      if (run !== undefined) return body(run)
      const message = `There is no run ${params.id}: the day is not over in this time zone, or no task was completed on it`
      throw new DaybookError('DAYBOOK_RUN_NOT_FOUND', message)
    },
  )
}

const iso = (date: Date) => date.toISOString()
const isoOrNull = (date: Date | undefined) => date?.toISOString() ?? null
