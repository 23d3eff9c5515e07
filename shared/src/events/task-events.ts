import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, Sequence, TaskId, TimeZone, taskDetails, UserId } from './fields.ts'

const ofTask = { taskId: TaskId, userId: UserId, sequence: Sequence }

/** The events of daybook.tasks: the whole life of every task. */
export const taskEvents = {
  TaskCreated: Type.Object(
    { ...ofTask, ...taskDetails, createdAt: Instant('When it was created') },
    { description: 'A task was written down.' },
  ),
  TaskEdited: Type.Object(
    {
      ...ofTask,
      changes: Type.Partial(Type.Object(taskDetails), {
        description: 'The fields that changed, as they are now',
      }),
      editedAt: Instant('When it was edited'),
    },
    { description: 'An open task was changed.' },
  ),
  TaskCompleted: Type.Object(
    {
      ...ofTask,
      ...taskDetails,
      completedAt: Instant('When it was completed'),
      timeZone: TimeZone('The time zone that the user was in'),
      day: Day('The date in that time zone at that instant: the day on which this completion counts'),
    },
    {
      description: 'A task was completed. It counts on `day`, which is decided here and never derived again.',
    },
  ),
  TaskReopened: Type.Object(
    {
      ...ofTask,
      reopenedAt: Instant('When it was reopened'),
      completedDay: Day('The day on which the completion counted'),
      timeZone: TimeZone('The time zone in which it counted'),
      takenBack: Type.Boolean({
        description:
          'True when it was still that day there: the completion no longer counts. False on a later day: that day stays as it was',
      }),
    },
    { description: 'A completed task was opened again.' },
  ),
  TaskDeleted: Type.Object(
    { ...ofTask, deletedAt: Instant('When it was deleted') },
    { description: 'A task was deleted. What was completed stays on its day.' },
  ),
}

type Schemas = typeof taskEvents
export type TaskEventType = keyof Schemas
export type TaskEventOf<T extends TaskEventType> = Envelope<T, Static<Schemas[T]>>
export type TaskEvent = { [T in TaskEventType]: TaskEventOf<T> }[TaskEventType]
