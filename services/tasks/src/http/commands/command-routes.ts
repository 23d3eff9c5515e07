import type { App } from '@daybook/shared/http'
import type { CreateTask } from '../../commands/create-once.ts'
import type { HandleCommand } from '../../commands/handle-command.ts'
import { serveBatch } from './batch-routes.ts'
import { serveChangesOfOne } from './change-task.ts'
import { serveCreation } from './create-task.ts'
import { serveDeletion } from './delete-task.ts'

/** Serves the commands that change tasks. Each answers with the changed task, except the deletion. */
export function serveCommands(app: App, deps: { create: CreateTask; handle: HandleCommand }): void {
  serveCreation(app, deps.create)
  serveBatch(app, deps)
  serveChangesOfOne(app, deps.handle)
  serveDeletion(app, deps.handle)
}
