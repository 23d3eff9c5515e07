import type { TaskEventOf } from '@daybook/shared/events'

/** A task on a day. `_id` is `<day>:<taskId>`, so a task counts once on a day. */
interface TaskOnDay {
  _id: string
  /** The sequence of the event from which this document was made. */
  version: number
  day: string
  timeZone: string
  userId: string
  taskId: string
  /** Where that event was read first, see `placeText`. Absent from what earlier versions stored. */
  at?: string
  /** When this document was written: its event read again leaves it as it is. Absent from what earlier versions stored. */
  projectedAt?: Date
}

/** A task that was completed on a day. */
export interface Completion extends TaskOnDay {
  takenBack: false
  name: string
  notes: string | null
  dueOn: string | null
  tags: string[]
  /** RFC 3339 in UTC. It is also the task's `updatedAt`, because the completion was the last change of the task. */
  completedAt: string
}

/** What a user log contains of a completion, and whose day it is on. */
export type LoggedCompletion = Pick<
  Completion,
  'userId' | 'day' | 'timeZone' | 'taskId' | 'name' | 'completedAt'
>

/** What a task file contains besides. */
export type DetailedCompletion = LoggedCompletion & Pick<Completion, 'notes' | 'dueOn' | 'tags'>

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

/** Compares two completions of a user's day by the order of completion, which is the order of the log. */
export const inOrder = (
  a: Pick<Completion, 'completedAt' | 'taskId'>,
  b: Pick<Completion, 'completedAt' | 'taskId'>,
): number => compare(a.completedAt, b.completedAt) || compare(a.taskId, b.taskId)

/** A completion that was taken back. It stays stored, so that an older event cannot bring the completion back. */
export interface TakenBack extends TaskOnDay {
  takenBack: true
}

/** The events that the projection is made from; the projector ignores the other events of a task. */
export type ProjectedEvent = TaskEventOf<'TaskCompleted'> | TaskEventOf<'TaskReopened'>

/**
 * Projects an event onto a day.
 * @returns the document to write, or undefined when the event does not change the day
 */
export function project({ type, data }: ProjectedEvent): Completion | TakenBack | undefined {
  const { taskId, userId, sequence: version, timeZone } = data
  if (type === 'TaskCompleted') {
    const { day, name, notes, dueOn, tags, completedAt } = data
    const what = { name, notes, dueOn, tags, completedAt }
    return { _id: `${day}:${taskId}`, version, day, timeZone, userId, taskId, takenBack: false, ...what }
  }
  if (!data.takenBack) return undefined
  const day = data.completedDay
  return { _id: `${day}:${taskId}`, version, day, timeZone, userId, taskId, takenBack: true }
}
