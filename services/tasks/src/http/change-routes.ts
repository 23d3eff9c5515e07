import { Instant, Sequence, TaskId } from '@daybook/shared/events'
import { type App, problems } from '@daybook/shared/http'
import { type Static, Type } from 'typebox'
import { readSince, writeSince } from '../change-place.ts'
import type { Task } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import { exampleTask } from './bodies/examples.ts'
import { TaskBody, taskBody } from './bodies/task-body.ts'

const ChangesQuery = Type.Object(
  {
    since: Type.Optional(
      Type.String({
        format: 'cursor',
        description: '`next` of the previous answer. Without it, the answers begin with all your tasks',
      }),
    ),
    limit: Type.Integer({ minimum: 1, maximum: 1000, default: 200 }),
  },
  { additionalProperties: false },
)

const DeletedTask = Type.Object(
  {
    id: TaskId,
    deleted: Type.Literal(true),
    version: Sequence,
    deletedAt: Instant('When it was deleted'),
  },
  { title: 'DeletedTask', description: 'A task that was deleted' },
)

const gone = {
  id: '019ab0c0-0000-7000-8000-000000000002',
  deleted: true,
  version: 3,
  deletedAt: '2026-11-21T09:30:00.000Z',
}

const ChangedTasks = Type.Object(
  {
    tasks: Type.Array(Type.Union([TaskBody, DeletedTask]), {
      description: 'The latest state of each task that changed, in the order of the changes',
    }),
    next: Type.String({ format: 'cursor', description: '`since` of the next request' }),
    more: Type.Boolean({ description: 'Whether there are more changes already: ask again at once' }),
  },
  {
    title: 'ChangedTasks',
    examples: [{ tasks: [exampleTask, gone], next: 'NzcxMjU4NDc1NjEwOTUwODYwOSA', more: false }],
  },
)

/** Serves the changes of tasks since a token, for clients that keep a copy. */
export function serveChanges(app: App, view: TaskView): void {
  app.get(
    '/changes',
    {
      schema: {
        operationId: 'listChanges',
        summary: 'Your tasks that changed since a token, also deleted ones',
        description:
          'For a client that keeps a copy of the tasks: keep `next`, and send it as `since`. A task appears in its latest state, so several changes between two requests appear as one. No change is missed. A change of the last 30 seconds can appear again: ignore a task whose `version` is not greater than the one you have.',
        tags: ['tasks'],
        querystring: ChangesQuery,
        response: { 200: ChangedTasks, ...problems() },
      },
    },
    async ({ query: { since, limit }, user }) => {
      const from = since === undefined ? undefined : readSince(since)
      const { tasks, next, more } = await view.changes({ userId: user.id, since: from, limit })
      return { tasks: tasks.map(changedTask), next: writeSince(next), more }
    },
  )
}

const changedTask = (task: Task): Static<typeof TaskBody> | Static<typeof DeletedTask> =>
  task.status === 'deleted'
    ? { id: task.id, deleted: true, version: task.version, deletedAt: task.updatedAt }
    : taskBody(task)
