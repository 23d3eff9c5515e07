import { Instant, Nullable, TaskId, taskDetails, UserId } from '@daybook/shared/events'
import { type App, pageOf, problems } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Task } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import { exampleTask } from './bodies/examples.ts'
import { ListQuery } from './schemas.ts'
import { ownerOf } from './whose-list.ts'

const DeletedQuery = Type.Pick(ListQuery, ['user', 'allUsers', 'q', 'limit', 'cursor'], {
  additionalProperties: false,
})

const DeletedTask = Type.Object(
  {
    id: TaskId,
    userId: UserId,
    name: taskDetails.name,
    createdAt: Instant('When it was created'),
    deletedAt: Instant('When it was deleted'),
  },
  { title: 'DeletedTaskInList', description: 'A deleted task, which `POST /tasks/{id}/restore` brings back' },
)

const { id, userId, name, createdAt, updatedAt: deletedAt } = exampleTask

const DeletedList = Type.Object(
  {
    tasks: Type.Array(DeletedTask),
    nextCursor: Nullable(
      Type.String({ format: 'cursor' }),
      '`cursor` of the next page, or null on the last page',
    ),
  },
  {
    title: 'DeletedTaskList',
    examples: [{ tasks: [{ id, userId, name, createdAt, deletedAt }], nextCursor: null }],
  },
)

/** Serves the list of deleted tasks. */
export function serveDeleted(app: App, view: TaskView): void {
  const schema = {
    operationId: 'listDeletedTasks',
    summary: 'Your deleted tasks, those first that were created last',
    description: 'A task whose text was erased is not in it.',
    tags: ['tasks'],
    querystring: DeletedQuery,
    response: { 200: DeletedList, ...problems('DAYBOOK_AUTH_FORBIDDEN', 'DAYBOOK_SEARCH_TOO_LONG') },
  }
  app.get('/tasks/deleted', { schema }, async ({ query, user }) => {
    const { q, limit, cursor } = query
    const after = cursor === undefined ? undefined : readCursor(cursor, '-createdAt')
    const wanted = { q, after, userId: ownerOf(query, user), status: 'deleted', sort: '-createdAt' } as const
    const { page, last } = pageOf(await view.list({ ...wanted, limit: limit + 1 }), limit)
    return { tasks: page.map(bodyOf), nextCursor: last ? writeCursor(last, '-createdAt') : null }
  })
}

const bodyOf = ({ id, userId, name, createdAt, updatedAt }: Task): Static<typeof DeletedTask> => ({
  ...{ id, userId, name, createdAt },
  deletedAt: updatedAt,
})
