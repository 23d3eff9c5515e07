import { type Static, Type } from 'typebox'
import type { Envelope } from './envelope.ts'
import { Day, Instant, Nullable, Sequence, TaskId, TimeZone, taskDetails, UserId } from './fields.ts'

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
