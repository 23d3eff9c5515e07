import { DaybookError, type Fault } from '@daybook/shared/failures/errors'
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

/** Handles a command. @returns the task after it */
type Run = () => Promise<Task>

/**
 * Converts the commands of a batch to functions that carry them out.
 * @throws DaybookError DAYBOOK_REQUEST_INVALID that points to each field that a command lacks or must not have
 */
export function runsOf(
  commands: readonly BatchCommand[],
  deps: { create: CreateTask; handle: HandleCommand },
  { user, traceparent, key }: Sender,
): Run[] {
  const faults = commands.flatMap(faultsOf)
  if (faults.length > 0)
    throw new DaybookError('DAYBOOK_REQUEST_INVALID', 'See errors: each points at what to change', { faults })
  return commands.map((command, i) => {
    const { task, taskId = '' } = command
    if (task !== undefined) {
      // No Idempotency-Key has a line break, so these keys are those of no other request.
      const own = key && `${key}\n${i}`
      return () => deps.create({ userId: user.id, details: detailsOf(task), key: own }, traceparent)
    }
    return () => deps.handle(toTask(command, { taskId, user }), traceparent)
  })
}

/** Which fields a command has besides `type`. `version` may always stand beside `taskId`. */
const fields = {
  task: ['create'],
  taskId: ['edit', 'complete', 'reopen', 'delete', 'restore'],
  changes: ['edit'],
}

function faultsOf(command: BatchCommand, i: number): Fault[] {
  const { type } = command
  const wrong = (name: string, detail: string) => ({ pointer: `/commands/${i}/${name}`, detail })
  const found = Object.entries(fields).flatMap(([name, types]) => {
    const isGiven = command[name as keyof typeof fields] !== undefined
    if (isGiven === types.includes(type)) return []
    return wrong(name, isGiven ? `must not be in the command ${type}` : `is required in the command ${type}`)
  })
  if (type === 'create' && command.version !== undefined)
    found.push(wrong('version', 'must not be in the command create'))
  return found
}

function toTask(
  { type, version, changes = {} }: BatchCommand,
  { taskId, user }: { taskId: string; user: User },
): Command {
  const versions = version === undefined ? undefined : [version]
  const to = { taskId, userId: user.id, now: new Date(), versions }
  if (type === 'edit') return { ...to, type, changes: changesOf(changes) }
  if (type === 'complete') return { ...to, type, timeZone: user.timeZone }
  return { ...to, type: type as 'reopen' | 'delete' | 'restore' }
}
