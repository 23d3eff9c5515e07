import type { User } from '@daybook/shared/http'
import type { CreateTask } from '../../commands/create-once.ts'
import type { HandleCommand } from '../../commands/handle-command.ts'
import type { Command } from '../../decide.ts'
import type { Task } from '../../task.ts'
import type { BatchCommand } from './batch-bodies.ts'
import { changesOf, detailsOf } from './command-bodies.ts'

/** Who sends a batch. */
export interface Sender {
  user: User
  traceparent: string
  key: string | undefined
}

/**
 * Carries out a command of a batch.
 * @param i the place of the command in the batch
 * @returns the task after it
 */
export function carryOut(
  command: BatchCommand,
  i: number,
  deps: { create: CreateTask; handle: HandleCommand },
  { user, traceparent, key }: Sender,
): Promise<Task> {
  if (command.type !== 'create') return deps.handle(toTask(command, user), traceparent)
  // No Idempotency-Key has a line break, so these keys are those of no other request.
  const own = key && `${key}\n${i}`
  return deps.create({ userId: user.id, details: detailsOf(command.task), key: own }, traceparent)
}

function toTask(command: Exclude<BatchCommand, { type: 'create' }>, user: User): Command {
  const { taskId, version } = command
  const versions = version === undefined ? undefined : [version]
  const to = { taskId, userId: user.id, now: new Date(), versions }
  if (command.type === 'edit') return { ...to, type: 'edit', changes: changesOf(command.changes) }
  if (command.type === 'complete') return { ...to, type: 'complete', timeZone: user.timeZone }
  return { ...to, type: command.type }
}
