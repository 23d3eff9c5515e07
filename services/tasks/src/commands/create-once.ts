import { createHash } from 'node:crypto'
import { DaybookError } from '@daybook/shared/failures/errors'
import { v7 as uuidv7 } from 'uuid'
import type { EventStore } from '../events/event-store.ts'
import { type Details, evolve, type Task } from '../task.ts'
import type { HandleCommand } from './handle-command.ts'
import type { ReserveKey } from './key-store.ts'

/** What a user creates. */
export interface Creation {
  userId: string
  details: Details
  /** The Idempotency-Key of the request. */
  key?: string | undefined
}

/** Creates a task. @returns the task as it was created */
export type CreateTask = (creation: Creation, traceparent: string) => Promise<Task>

/**
 * Makes the function that creates tasks. A request with a key reserves the id of its task before it stores the event. So all
 * requests with the key create one task: the event store accepts its first event once, also after a crash in between.
 */
export function createOnce(deps: {
  handle: HandleCommand
  store: Pick<EventStore, 'read'>
  reserve: ReserveKey
}): CreateTask {
  const { handle, store } = deps
  return async (creation, traceparent) => {
    const { userId, details } = creation
    const { taskId, isRepeat } = await idOf(creation, deps.reserve)
    const [event] = isRepeat ? await store.read(taskId, [1]) : []
    if (event !== undefined) return evolve(undefined, event)
    return handle({ type: 'create', taskId, userId, now: new Date(), details }, traceparent)
  }
}

/** @throws DaybookError DAYBOOK_IDEMPOTENCY_KEY_REUSED when the key stands for another request */
async function idOf({ userId, details, key }: Creation, reserve: ReserveKey) {
  const taskId = uuidv7()
  if (key === undefined) return { taskId, isRepeat: false }
  const { name, notes, dueOn, tags } = details
  const content = sha256([name, notes, dueOn, tags])
  const stored = await reserve({ _id: sha256([userId, key]), content, taskId, at: new Date() })
  if (stored.content !== content) {
    const message =
      'The Idempotency-Key stands for the creation of another task: send another key for another task'
    throw new DaybookError('DAYBOOK_IDEMPOTENCY_KEY_REUSED', message)
  }
  return { taskId: stored.taskId, isRepeat: stored.taskId !== taskId }
}

const sha256 = (parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')
