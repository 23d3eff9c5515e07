import { erasedText, type TaskEvent } from '@daybook/shared/events'

/** The fields of a task that its user sets. */
export interface Details {
  name: string
  notes: string | null
  dueOn: string | null
  tags: string[]
}

interface TaskFields extends Details {
  id: string
  userId: string
  /** When the task was created: RFC 3339 in UTC, as in events. */
  createdAt: string
  /** When its last event happened, in the same form. */
  updatedAt: string
  /** The sequence of its last event. */
  version: number
  /** Whether its text was erased. Then it is deleted, and no other event of it follows. Absent from other tasks. */
  erased?: boolean
}

export interface Completion {
  /** RFC 3339 in UTC. */
  at: string
  /** The local date in `timeZone` at the instant `at`. */
  day: string
  timeZone: string
}

export type Task = TaskFields &
  (
    | { status: 'open'; completion: null }
    | { status: 'completed'; completion: Completion }
    | { status: 'deleted'; completion: Completion | null }
  )

/** The id of an event: `<taskId>:<sequence>`. */
export const eventId = (taskId: string, sequence: number): string => `${taskId}:${sequence}`

const ofTask = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,15})$/

/** Which task and which of its events an id names; undefined when it is no id of an event. */
export function taskOfEvent(id: string): { taskId: string; sequence: number } | undefined {
  const [, taskId, sequence] = ofTask.exec(id) ?? []
  return taskId === undefined ? undefined : { taskId, sequence: Number(sequence) }
}

/**
 * Applies an event to a task.
 * @param task the task before the event; undefined only before TaskCreated
 * @returns the task after it
 * @throws Error when an event other than TaskCreated comes first
 */
export function evolve(task: Task | undefined, event: TaskEvent): Task {
  if (event.type === 'TaskCreated') {
    const { taskId: id, userId, createdAt, name, notes, dueOn, tags } = event.data
    const details = { name, notes, dueOn, tags }
    return {
      id,
      userId,
      ...details,
      createdAt,
      updatedAt: createdAt,
      version: 1,
      status: 'open',
      completion: null,
    }
  }
  if (task === undefined) throw new Error(`${event.type} ${event.id} comes before TaskCreated`)
  const after = { ...task, updatedAt: event.time, version: event.data.sequence }
  switch (event.type) {
    case 'TaskEdited':
      return { ...after, ...(event.data.changes as Partial<Details>) }
    case 'TaskCompleted': {
      const { completedAt: at, day, timeZone } = event.data
      return { ...after, status: 'completed', completion: { at, day, timeZone } }
    }
    case 'TaskReopened':
      return { ...after, status: 'open', completion: null }
    case 'TaskDeleted':
      return { ...after, status: 'deleted', ...(event.data.erased ? { ...erasedText(), erased: true } : {}) }
    case 'TaskRestored': {
      const { completion } = after
      return completion === null
        ? { ...after, status: 'open', completion }
        : { ...after, status: 'completed', completion }
    }
    default:
      return event satisfies never
  }
}
