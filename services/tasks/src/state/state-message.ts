import { type TaskState, taskStateEvent, toMessage } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import type { Task } from '../task.ts'

/** A task at a version. It is undefined when the view does not have it. */
export interface Versioned {
  id: string
  version: number
  task: Task | undefined
}

/** Makes the record of daybook.tasks.state: a tombstone if the task is deleted or does not exist. */
export function stateMessage({ id, version, task }: Versioned): OutgoingMessage {
  const time = task?.updatedAt ?? new Date().toISOString()
  const state = task === undefined || task.status === 'deleted' ? undefined : stateOf(task)
  const { value, headers } = toMessage(taskStateEvent({ id, version, time }, state), id)
  const { 'content-type': _, ce_dataschema: __, ...ofTombstone } = headers
  const about = { version: String(version) }
  return state === undefined
    ? { key: id, value: null, headers: { ...ofTombstone, ...about } }
    : { key: id, value, headers: { ...headers, ...about } }
}

/** Names each field, so that nothing gets into the topic only because the view stores it. */
function stateOf(task: Exclude<Task, { status: 'deleted' }>): TaskState {
  const { id, userId, name, notes, dueOn, tags, status, createdAt, updatedAt, completion, version } = task
  return { id, userId, name, notes, dueOn, tags, status, createdAt, updatedAt, completion, version }
}
