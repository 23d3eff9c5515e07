import { type App, created, IfMatch, problems, versioned, versionsOf } from '@daybook/shared/http'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { v7 as uuidv7 } from 'uuid'
import type { HandleCommand } from '../commands/handle-command.ts'
import { answer, Changes, NewTask, TaskBody, TaskPath } from './schemas.ts'

const tags = ['tasks']
const patches = ['application/json', 'application/merge-patch+json']
const changed = { 200: versioned(TaskBody), ...problems('DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_TASK_CHANGED') }

/** Serves the commands that change a task. Each answers with the changed task, except the deletion. */
export function serveCommands(app: App, handle: HandleCommand): void {
  type ToTask = FastifyRequest<{ Params: { id: string }; Headers: { 'if-match'?: string } }>
  const to = ({ params, headers, user }: ToTask) => ({
    taskId: params.id,
    userId: user.id,
    now: new Date(),
    versions: versionsOf(headers['if-match']),
  })
  const onTask = { params: TaskPath, headers: IfMatch, tags }

  app.post(
    '/tasks',
    {
      schema: {
        operationId: 'createTask',
        summary: 'Create a task',
        tags,
        body: NewTask,
        response: { 201: created(TaskBody), ...problems() },
      },
    },
    async (request, reply) => {
      const details = { notes: null, dueOn: null, tags: [], ...request.body }
      const command = {
        type: 'create',
        taskId: uuidv7(),
        userId: request.user.id,
        now: new Date(),
        details,
      } as const
      const task = await handle(command, request.traceparent)
      return answer(reply.code(201).header('location', `/tasks/${task.id}`), task)
    },
  )

  app.patch(
    '/tasks/:id',
    {
      schema: {
        ...onTask,
        operationId: 'editTask',
        summary: 'Edit an open task',
        consumes: patches,
        body: Changes,
        response: {
          ...changed,
          ...problems('DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_TASK_CHANGED', 'DAYBOOK_TASK_COMPLETED'),
        },
      },
    },
    async (request, reply) => {
      const { tags = [], ...rest } = request.body
      const changes = 'tags' in request.body ? { ...rest, tags: tags ?? [] } : rest
      return answer(reply, await handle({ ...to(request), type: 'edit', changes }, request.traceparent))
    },
  )

  app.post(
    '/tasks/:id/complete',
    {
      schema: {
        ...onTask,
        operationId: 'completeTask',
        summary: 'Complete a task: it counts on the current day in your time zone',
        response: changed,
      },
    },
    async (request, reply) => {
      const command = { ...to(request), type: 'complete', timeZone: request.user.timeZone } as const
      return answer(reply, await handle(command, request.traceparent))
    },
  )

  app.post(
    '/tasks/:id/reopen',
    {
      schema: { ...onTask, operationId: 'reopenTask', summary: 'Reopen a completed task', response: changed },
    },
    async (request, reply) =>
      answer(reply, await handle({ ...to(request), type: 'reopen' }, request.traceparent)),
  )

  app.delete(
    '/tasks/:id',
    {
      schema: {
        ...onTask,
        operationId: 'deleteTask',
        summary: 'Delete a task',
        response: { 204: Type.Null(), ...problems('DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_TASK_CHANGED') },
      },
    },
    async (request, reply) => {
      await handle({ ...to(request), type: 'delete' }, request.traceparent)
      return reply.code(204).send(null)
    },
  )
}
