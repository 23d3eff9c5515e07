import { type App, etagOf, problems, versioned } from '@daybook/shared/http'
import { Type } from 'typebox'
import type { HandleCommand } from '../../commands/handle-command.ts'
import { answer, TaskBody } from '../bodies/task-body.ts'
import { onTask, toTask } from './to-task.ts'

/** Serves the deletion of a task, and its undoing. */
export function serveDeletion(app: App, handle: HandleCommand): void {
  app.delete(
    '/tasks/:id',
    {
      schema: {
        ...onTask,
        operationId: 'deleteTask',
        summary: 'Delete a task',
        description:
          'To undo it, send `POST /tasks/{id}/restore`, with the ETag of this answer as If-Match if nobody else may have restored and changed the task since.',
        response: {
          204: versioned(Type.Null()),
          ...problems('DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_TASK_CHANGED'),
        },
      },
    },
    async (request, reply) => {
      const { version } = await handle({ ...toTask(request), type: 'delete' }, request.traceparent)
      return reply.code(204).header('etag', etagOf(version)).send(null)
    },
  )

  app.post(
    '/tasks/:id/restore',
    {
      schema: {
        ...onTask,
        operationId: 'restoreTask',
        summary: 'Restore a deleted task: it is open or completed, as before its deletion',
        description: 'The answer for a task that is not deleted is the task as it is.',
        response: { 200: versioned(TaskBody), ...problems('DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_TASK_CHANGED') },
      },
    },
    async (request, reply) =>
      answer(reply, await handle({ ...toTask(request), type: 'restore' }, request.traceparent)),
  )
}
