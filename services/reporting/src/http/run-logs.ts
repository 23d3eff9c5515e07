import { Instant, Nullable, NullableInstant, UserId } from '@daybook/shared/events'
import { type App, pageOf, problems } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import type { UserLog } from '../logs/user-log-model.ts'
import { logStateOf, logStates } from '../reruns/logs-of-days-store.ts'
import { currentRunId } from '../run-id.ts'
import { exampleRunLog } from './examples.ts'
import { noRun } from './no-run.ts'
import type { RunDeps } from './runs.ts'
import { RunPath } from './schemas.ts'

const RunLog = Type.Object(
  {
    userId: UserId,
    state: Type.Enum([...logStates], {
      description:
        'written: the log is written; amended: its bytes have changed since; failed: it could not be written',
    }),
    revision: Type.Integer({ minimum: 0, description: 'How often the bytes of the log have changed' }),
    completions: Type.Integer({ minimum: 0, description: 'How many completions are in it' }),
    sha256: Nullable(Type.String(), 'The SHA-256 of the log file; null while there is no file'),
    writtenAt: NullableInstant(
      'When its bytes last changed: of an amended log the time of its last amendment',
    ),
    error: Type.Optional(Type.String({ description: 'Why it could not be written' })),
    failedAt: Type.Optional(Instant('Since when it could not be written')),
  },
  { title: 'RunLog', examples: [exampleRunLog] },
)

const RunLogList = Type.Object(
  {
    logs: Type.Array(RunLog),
    nextCursor: Nullable(Type.String(), 'The cursor of the next page; null on the last page'),
  },
  { title: 'RunLogList', examples: [{ logs: [exampleRunLog], nextCursor: null }] },
)

const text = (description: string) =>
  Type.Optional(Type.String({ minLength: 1, maxLength: 255, description }))

const RunLogQuery = Type.Object(
  {
    state: Type.Optional(Type.Enum([...logStates], { description: 'Only logs in this state' })),
    q: text('Only users whose id contains this text, in upper or lower case'),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }),
    cursor: text('`nextCursor` of the previous page'),
  },
  { additionalProperties: false },
)

/** Serves the logs of a run: one for each user who completed something on its day. */
export function serveRunLogs(app: App, deps: Pick<RunDeps, 'runs' | 'closedDays' | 'logsOfDays'>): void {
  const schema = {
    tags: ['runs'],
    operationId: 'listRunLogs',
    summary: 'The logs of a run, by user',
    params: RunPath,
    querystring: RunLogQuery,
    response: {
      200: RunLogList,
      ...problems('DAYBOOK_RUN_NOT_FOUND', 'DAYBOOK_DAY_EMPTY', 'DAYBOOK_RUN_PENDING'),
    },
  }
  app.get('/runs/:id/logs', { config: { admin: true }, schema }, async ({ params, query }) => {
    const id = currentRunId(params.id)
    const { state, q, limit, cursor: after } = query
    const { page, last } = pageOf(
      await deps.logsOfDays.page(id, { state, q, after, limit: limit + 1 }),
      limit,
    )
    if (page.length === 0 && (await deps.runs.find([id])).length === 0) throw await noRun(params.id, deps)
    return { logs: page.map(logBody), nextCursor: last?.userId ?? null }
  })
}

function logBody(log: UserLog): Static<typeof RunLog> {
  const { userId, revision, completions, sha256, writtenAt, error, failedAt } = log
  return {
    ...{ userId, state: logStateOf(log), revision, completions, sha256 },
    writtenAt: writtenAt?.toISOString() ?? null,
    ...(error === undefined ? {} : { error }),
    ...(failedAt === undefined ? {} : { failedAt: failedAt.toISOString() }),
  }
}
