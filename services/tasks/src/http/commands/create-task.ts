import { type App, created, idempotencyField, problems } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { CreateTask } from '../../commands/create-once.ts'
import { answer, TaskBody } from '../bodies/task-body.ts'
import { detailsOf, NewTask } from './command-bodies.ts'

const headers = Type.Object(
  idempotencyField(
    'For 24 hours, the same request with the same key creates nothing and is answered with the task as it was created; another request with it is refused with 422',
  ),
)

/** Serves `POST /tasks`. */
export function serveCreation(app: App, create: CreateTask): void {
  app.post(
    '/tasks',
    {
      schema: {
        operationId: 'createTask',
        summary: 'Create a task',
        tags: ['tasks'],
        headers,
        body: NewTask,
        response: { 201: created(TaskBody), ...problems('DAYBOOK_IDEMPOTENCY_KEY_REUSED') },
      },
    },
    async (request, reply) => {
      const key = request.headers['idempotency-key']
      const creation = { userId: request.user.id, details: detailsOf(request.body), key }
      const task = await create(creation, request.traceparent)
      return answer(reply.code(201).header('location', `/tasks/${task.id}`), task)
    },
  )
}
