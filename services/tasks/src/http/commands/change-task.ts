import { type App, problems, versioned } from '@daybook/shared/http'
import type { HandleCommand } from '../../commands/handle-command.ts'
import { answer, TaskBody } from '../bodies/task-body.ts'
import { Changes, changesOf } from './command-bodies.ts'
import { onTask, toTask } from './to-task.ts'

const patches = ['application/json', 'application/merge-patch+json']
const changed = { 200: versioned(TaskBody), ...problems('DAYBOOK_TASK_NOT_FOUND', 'DAYBOOK_TASK_CHANGED') }

/** Serves the commands that change one task and answer with it. */
export function serveChangesOfOne(app: App, handle: HandleCommand): void {
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
      const command = { ...toTask(request), type: 'edit', changes: changesOf(request.body) } as const
      return answer(reply, await handle(command, request.traceparent))
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
      const command = { ...toTask(request), type: 'complete', timeZone: request.user.timeZone } as const
      return answer(reply, await handle(command, request.traceparent))
    },
  )

  app.post(
    '/tasks/:id/reopen',
    {
      schema: {
        ...onTask,
        operationId: 'reopenTask',
        summary: 'Reopen a completed task',
        response: changed,
      },
    },
    async (request, reply) =>
      answer(reply, await handle({ ...toTask(request), type: 'reopen' }, request.traceparent)),
  )
}
