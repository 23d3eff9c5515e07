import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, Sequence, TaskId, TimeZone, taskDetails, UserId } from './fields.ts'

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
    { ...ofTask, deletedAt: Instant('When the task was deleted') },
    { description: 'A user deleted a task. Its completions still count on their days.' },
  ),
}

type Schemas = typeof taskEvents
export type TaskEventType = keyof Schemas
export type TaskEventOf<T extends TaskEventType> = Envelope<T, Static<Schemas[T]>>
export type TaskEvent = { [T in TaskEventType]: TaskEventOf<T> }[TaskEventType]
