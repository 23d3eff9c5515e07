import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, Nullable, Sequence, TaskId, TimeZone, taskDetails, UserId } from './fields.ts'

const ofTask = { taskId: TaskId, userId: UserId, sequence: Sequence }

/** The events of daybook.tasks, which record all changes of every task. */
export const taskEvents = {
  TaskCreated: Type.Object(
    { ...ofTask, ...taskDetails, createdAt: Instant('When the task was created') },
    { description: 'A user created a task.' },
  ),
  TaskEdited: Type.Object(
    {
      ...ofTask,
      changes: Type.Partial(Type.Object(taskDetails), {
        description: 'The changed fields with their new values',
      }),
      editedAt: Instant('When the task was edited'),
    },
    { description: 'A user changed an open task.' },
  ),
  TaskCompleted: Type.Object(
    {
      ...ofTask,
      ...taskDetails,
      completedAt: Instant('When the task was completed'),
      timeZone: TimeZone("The user's time zone at that time"),
      day: Day('The date in that time zone at that time: the completion counts on this day'),
    },
    {
      description:
        'A user completed a task. The completion counts on `day`: consumers must use `day` and not derive a day again.',
    },
  ),
  TaskReopened: Type.Object(
    {
      ...ofTask,
      reopenedAt: Instant('When the task was reopened'),
      completedDay: Day('The day on which the completion counted'),
      timeZone: TimeZone('The time zone in which the completion counted'),
      takenBack: Type.Boolean({
        description:
          'True when the task was reopened on `completedDay` in that time zone: the completion no longer counts. False when it was reopened later: the completion still counts on `completedDay`',
      }),
    },
    { description: 'A user reopened a completed task.' },
  ),
  TaskDeleted: Type.Object(
    {
      ...ofTask,
      deletedAt: Instant('When the task was deleted'),
      erased: Type.Optional(
        Type.Boolean({
          description:
            'True when the text of the task was erased, see UserErased: remove the text that you have of it. Such a task may have been deleted before. This is its last event',
        }),
      ),
    },
    { description: 'A user deleted a task. Its completions still count on their days.' },
  ),
  TaskRestored: Type.Object(
    { ...ofTask, restoredAt: Instant('When the task was restored') },
    {
      description:
        'A user restored a deleted task. It is open or completed, as before its deletion, and its completions are not affected.',
    },
  ),
}

type Schemas = typeof taskEvents
export type TaskEventType = keyof Schemas
export type TaskEventOf<T extends TaskEventType> = Envelope<T, Static<Schemas[T]>>
export type TaskEvent = { [T in TaskEventType]: TaskEventOf<T> }[TaskEventType]

/** What daybook.tasks.state has of each task that is not deleted. */
export const taskStates = {
  TaskState: Type.Object(
    {
      id: TaskId,
      userId: UserId,
      ...taskDetails,
      status: Type.Enum(['open', 'completed'], { description: 'Whether the task is open or completed' }),
      createdAt: Instant('When the task was created'),
      updatedAt: Instant('When its last event happened'),
      completion: Nullable(
        Type.Object({
          at: Instant('When the task was completed'),
          day: Day('The date on which the completion counts'),
          timeZone: TimeZone("The user's time zone at that time"),
        }),
        'When the task was completed (`at`), and the `day` and `timeZone` in which that counts; null while it is open',
      ),
      version: Sequence,
    },
    {
      description:
        'The current state of a task, after the event with the sequence `version`. A record without a value says that the task is deleted.',
    },
  ),
}

export type TaskState = Static<typeof taskStates.TaskState>

/**
 * Makes the event that a record of daybook.tasks.state is.
 * @param about the task, the sequence of its last event and its time
 * @param state the task; undefined when it is deleted
 */
export function taskStateEvent<State extends TaskState | undefined>(
  about: { id: string; version: number; time: string },
  state: State,
): Envelope<'TaskState', State> {
  const { id, version, time } = about
  return {
    id: `state:${id}:${version}`,
    type: 'TaskState',
    source: '/daybook/tasks',
    subject: id,
    time,
    data: state,
  }
}

/** The events of daybook.tasks that are about a user and not about a task. */
export const userEvents = {
  UserErased: Type.Object(
    {
      userId: UserId,
      requestedAt: Instant('Which tasks were erased: those that were created until then'),
      erasedAt: Instant('When their text was removed from the stored events'),
      tasks: Type.Integer({ minimum: 0, description: 'How many tasks were erased' }),
    },
    {
      description:
        "The text of a user's tasks was erased: names, notes and tags. It comes after the TaskDeleted of each of these tasks, which has `erased`. Remove the text that you have of them. Counts, days and times stay.",
    },
  ),
}

export type UserErased = Envelope<'UserErased', Static<typeof userEvents.UserErased>>

/**
 * Makes the event that the text of a user's tasks was erased.
 * @param id of the erasure, so that the event keeps its id when it is sent again
 */
export function userErasedEvent(id: string, data: UserErased['data']): UserErased {
  const { userId, erasedAt } = data
  return {
    id: `user-erased:${id}`,
    type: 'UserErased',
    source: '/daybook/tasks',
    subject: userId,
    time: erasedAt,
    data,
  }
}
