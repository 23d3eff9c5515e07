import { type App, created, problems } from '@daybook/shared/http'
import { v7 as uuidv7 } from 'uuid'
import type { HandleCommand } from '../../commands/handle-command.ts'
import { answer, TaskBody } from '../bodies/task-body.ts'
import { detailsOf, NewTask } from './command-bodies.ts'

/** Serves `POST /tasks`. */
export function serveCreation(app: App, handle: HandleCommand): void {
  app.post(
    '/tasks',
    {
      schema: {
        operationId: 'createTask',
        summary: 'Create a task',
        tags: ['tasks'],
        body: NewTask,
        response: { 201: created(TaskBody), ...problems() },
      },
    },
    async (request, reply) => {
      const command = {
        type: 'create',
        taskId: uuidv7(),
        userId: request.user.id,
        now: new Date(),
        details: detailsOf(request.body),
      } as const
      const task = await handle(command, request.traceparent)
      return answer(reply.code(201).header('location', `/tasks/${task.id}`), task)
    },
  )
}
