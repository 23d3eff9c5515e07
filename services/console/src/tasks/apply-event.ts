import type { Details, Task } from './task.ts'

/** An event of daybook.tasks, as the live stream has it. */
export interface TaskEvent {
  type: string
  time: string
  data: { taskId: string; userId: string; sequence: number } & Partial<Details> & {
      changes?: Partial<Details>
      createdAt?: string
      completedAt?: string
    }
}

/** What an event makes of a task: the task, that it is deleted, or that it has to be read, because the event alone does not tell. */
export type Outcome = { task: Task } | { isDeleted: true } | 'read' | 'old'

/** Applies an event to a task as this tab knows it; undefined: it does not. */
export function applyEvent(known: Task | undefined, event: TaskEvent): Outcome {
  const { type, time, data } = event
  if (known !== undefined && data.sequence <= known.version) return 'old'
  if (type === 'TaskDeleted') return { isDeleted: true }
  if (type === 'TaskCreated') return { task: created(event) }
  if (known === undefined || data.sequence !== known.version + 1) return 'read'
  const next = { ...known, version: data.sequence, updatedAt: time }
  switch (type) {
    case 'TaskEdited':
      return { task: { ...next, ...data.changes } }
    case 'TaskCompleted':
      return { task: { ...next, status: 'completed', completedAt: data.completedAt ?? time } }
    case 'TaskReopened':
      return { task: { ...next, status: 'open', completedAt: null } }
    default:
      return 'read'
  }
}

function created({ time, data }: TaskEvent): Task {
  const { taskId: id, userId, sequence: version, name = '', notes = null, dueOn = null, tags = [] } = data
  const createdAt = data.createdAt ?? time
  const details = { name, notes, dueOn, tags }
  return { id, userId, ...details, status: 'open', createdAt, updatedAt: time, completedAt: null, version }
}
