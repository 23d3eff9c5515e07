import {
  eventReader,
  type TaskEventOf,
  taskEvents,
  type UserErased,
  userEvents,
} from '@daybook/shared/events'
import type { ProjectedEvent } from './completion.ts'

/** The events that the projection reads: those that it is made from, and those that erase text from it. */
export type ReadEvent = ProjectedEvent | TaskEventOf<'TaskDeleted'> | UserErased

const { TaskCompleted, TaskReopened, TaskDeleted } = taskEvents

/** Reads a message of daybook.tasks. */
export const readEvent = eventReader<ReadEvent>({ TaskCompleted, TaskReopened, TaskDeleted, ...userEvents })

/** A task whose text was erased. */
export interface ErasedTask {
  userId: string
  taskId: string
}

/** @returns the task whose text an event erases, if it does */
export const erasedBy = ({ type, data }: ReadEvent): ErasedTask | undefined =>
  type === 'TaskDeleted' && data.erased ? data : undefined
