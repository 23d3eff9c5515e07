import { Nullable } from '@daybook/shared/events'
import { type App, pageOf, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import { readWorkerCursor, writeWorkerCursor } from '../../queries/worker-cursor.ts'
import type { WorkerList } from '../../queries/worker-list-store.ts'
import { exampleWorker } from './examples.ts'
import { workerBody } from './worker-body.ts'
import { tags } from './worker-routes.ts'
import { WorkerView } from './worker-schemas.ts'

const Cursor = Type.String({ format: 'cursor', description: '`nextCursor` of the previous page' })
const Count = Type.Integer({ minimum: 0 })

const ListQuery = Type.Object(
  {
    q: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        format: 'well-formed',
        description: 'Only workers whose name, id, lane or kind contains this text, in upper or lower case',
      }),
    ),
    counts: Type.Optional(
      Type.Enum(['true', 'false'], {
        default: 'false',
        description: 'Whether to count the workers of the query that are alive',
      }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }),
    cursor: Type.Optional(Cursor),
  },
  { additionalProperties: false },
)

const exampleView = {
  id: exampleWorker,
  name: 'mailer',
  version: '1.0.0',
  via: 'http',
  state: 'working',
  lanes: [{ lane: 'mail', partitions: [] }],
  kinds: ['send-invoice'],
  slots: 4,
  running: [],
  runningCount: 0,
  blockedMs: 0,
  beatAt: '2026-11-22T08:30:00.000Z',
}

const WorkerPage = Type.Object(
  {
    workers: Type.Array(WorkerView),
    counts: Type.Optional(
      Type.Object(
        { alive: Count, running: Count, slots: Count },
        {
          title: 'WorkerCounts',
          description:
            'With `counts`: how many workers of the query are alive, as far as their beats say, how many attempts these run, and how many they could run at once',
        },
      ),
    ),
    nextCursor: Nullable(Cursor, '`cursor` of the next page, or null on the last page'),
  },
  { title: 'WorkerList', examples: [{ workers: [exampleView], nextCursor: null }] },
)

/** Serves `GET /workers`. */
export function serveWorkerList(app: App, list: WorkerList): void {
  const schema = {
    operationId: 'listWorkers',
    summary: 'List the workers by name, those that have stopped last',
    description:
      'Workers that have stopped or were lost stay in the list for a day. A worker that stops while you read the pages can be on two of them.',
    tags,
    querystring: ListQuery,
    response: { 200: WorkerPage, ...problems() },
  }
  app.get('/workers', { config: { admin: true }, schema }, async ({ query }) => {
    const { q, counts, limit, cursor } = query
    const after = cursor === undefined ? undefined : readWorkerCursor(cursor)
    const [found, counted] = await Promise.all([
      list.page({ q, after, limit: limit + 1 }),
      counts === 'true' ? list.count(q) : undefined,
    ])
    const { page, last } = pageOf(found, limit)
    return {
      workers: page.map(workerBody),
      ...(counted && { counts: counted }),
      nextCursor: last
        ? writeWorkerCursor({ stopped: last.state === 'stopped', name: last.name, id: last._id })
        : null,
    }
  })
}
