import { DaybookError } from '@daybook/shared/failures/errors'
import {
  type App,
  etagOf,
  etagOfBody,
  etagText,
  IfNoneMatch,
  isNoneMatch,
  isNoneMatchTag,
  pageOf,
  problems,
  versioned,
} from '@daybook/shared/http'
import { Type } from 'typebox'
import { readCursor, writeCursor } from '../cursor.ts'
import { ownedTask } from '../decide.ts'
import type { EventStore } from '../events/event-store.ts'
import type { TaskView } from '../view/view-store.ts'
import { answer, TaskBody, TaskPath, taskBody } from './bodies/task-body.ts'
import { History, HistoryQuery, ListQuery, TaskList } from './schemas.ts'
import { ownerOf } from './whose-list.ts'

const tags = ['tasks']
const tagged = { headers: { etag: etagText } }

/** Serves the queries: the list of tasks, a task, and its history. */
export function serveQueries(app: App, { store, view }: { store: EventStore; view: TaskView }): void {
  app.get(
    '/tasks',
    {
      schema: {
        operationId: 'listTasks',
        summary: 'Your tasks, newest first',
        description:
          'Read the pages one after the other with `nextCursor`. In the default order, every task that exists from the first page to the last is on exactly one page, even when tasks change meanwhile.',
        tags,
        querystring: ListQuery,
        headers: IfNoneMatch,
        response: {
          200: { ...TaskList, ...tagged },
          304: { ...Type.Null(), ...tagged },
          ...problems('DAYBOOK_AUTH_FORBIDDEN', 'DAYBOOK_SEARCH_TOO_LONG'),
        },
      },
    },
    async ({ query, headers, user }, reply) => {
      const { cursor, limit, user: _, allUsers, ...wanted } = query
      const userId = ownerOf(query, user)
      const after = cursor === undefined ? undefined : readCursor(cursor, wanted.sort)
      const read = await view.list({ ...wanted, userId, after, limit: limit + 1 })
      const { page, last } = pageOf(read, limit)
      const list = { tasks: page.map(taskBody), nextCursor: last ? writeCursor(last, wanted.sort) : null }
      const tag = etagOfBody(list)
      reply.header('etag', tag)
      return isNoneMatchTag(headers['if-none-match'], tag) ? reply.code(304).send(null) : list
    },
  )

  app.get(
    '/tasks/:id',
    {
      schema: {
        operationId: 'readTask',
        summary: 'A task',
        tags,
        params: TaskPath,
        headers: IfNoneMatch,
        response: {
          200: versioned(TaskBody),
          304: versioned(Type.Null()),
          ...problems('DAYBOOK_TASK_NOT_FOUND'),
        },
      },
    },
    async ({ params, headers, user }, reply) => {
      const task = ownedTask({ taskId: params.id, userId: user.id }, await view.load(params.id))
      if (isNoneMatch(headers['if-none-match'], task.version)) {
        return reply.code(304).header('etag', etagOf(task.version)).send(null)
      }
      return answer(reply, task)
    },
  )

  app.get(
    '/tasks/:id/events',
    {
      schema: {
        operationId: 'readTaskEvents',
        summary: "A task's history, also after the task was deleted",
        tags,
        params: TaskPath,
        querystring: HistoryQuery,
        response: { 200: History, ...problems('DAYBOOK_TASK_NOT_FOUND') },
      },
    },
    async ({ params, query: { after, limit }, user }) => {
      const page = Array.from({ length: limit }, (_, i) => after + 1 + i)
      // Also reads the first event, which names the owner of the task.
      const found = await store.read(params.id, [...new Set([1, ...page])])
      if (found[0]?.data.userId !== user.id) throw notFound(params.id)
      const events = found.filter(({ data }) => data.sequence > after)
      const last = events.length === limit ? (events.at(-1)?.data.sequence ?? null) : null
      return { events: events.map(({ id, type, time, data }) => ({ id, type, time, data })), nextAfter: last }
    },
  )
}

const notFound = (id: string) => new DaybookError('DAYBOOK_TASK_NOT_FOUND', `You have no task ${id}`)
