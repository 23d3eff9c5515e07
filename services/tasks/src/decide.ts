import type { TaskEvent, TaskEventOf, TaskEventType } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { currentTimeZone, dayOf } from '@daybook/shared/time/days'
import { type Details, eventId, type Task } from './task.ts'

/** The rules of tasks. All functions are pure and synchronous: commands contain the time and the ids. */

interface ToTask {
  taskId: string
  userId: string
  now: Date
  /** From If-Match: the versions of the task to which the command applies. Absent when it applies to any version. */
  versions?: readonly number[] | undefined
}

export type Command = ToTask &
  (
    | { type: 'create'; details: Details }
    | { type: 'edit'; changes: Partial<Details> }
    | { type: 'complete'; timeZone: string }
    | { type: 'reopen' }
    | { type: 'delete' }
    /** Erases the text of a task, also of one that is deleted. */
    | { type: 'erase' }
    | { type: 'restore' }
  )

/**
 * Decides which event a command causes.
 * @param task the current task, or undefined when none exists
 * @returns the event, or undefined when the command changes nothing
 * @throws DaybookError DAYBOOK_TASK_NOT_FOUND, DAYBOOK_TASK_CHANGED, DAYBOOK_TASK_COMPLETED
 */
export function decide(command: Command, task: Task | undefined): TaskEvent | undefined {
  if (command.type === 'create') return task === undefined ? created(command) : undefined
  if (command.type === 'erase') return erased(command, task)
  if (command.type === 'restore') {
    // The text of an erased task is gone for good.
    return restored(command, ownedOrDeleted(command, task?.erased ? undefined : task))
  }
  const current = ownedTask(command, task)
  switch (command.type) {
    case 'edit':
      return edited(command, current)
    case 'complete':
      return current.status === 'completed' ? undefined : completed(command, current)
    case 'reopen':
      return current.status === 'open' ? undefined : reopened(command, current)
    case 'delete':
      return deleted(command, current)
    default:
      return command satisfies never
  }
}

type CommandOf<Type extends Command['type']> = Extract<Command, { type: Type }>
type InStatus<Status extends Task['status']> = Extract<Task, { status: Status }>
type ExistingTask = InStatus<'open' | 'completed'>

type Addressed = Omit<ToTask, 'now'>

/**
 * Checks that the task exists and is not deleted, that the user owns it, and that it has one of the given versions.
 * @returns the task
 * @throws DaybookError DAYBOOK_TASK_NOT_FOUND, DAYBOOK_TASK_CHANGED
 */
export const ownedTask = (to: Addressed, task: Task | undefined): ExistingTask =>
  ownedOrDeleted(to, task?.status === 'deleted' ? undefined : task)

function ownedOrDeleted<Found extends Task>(
  { taskId, userId, versions }: Addressed,
  task: Found | undefined,
): Found {
  // The task of another user gets the same answer as one that does not exist, so its existence stays private.
  if (task === undefined || task.userId !== userId) {
    throw new DaybookError('DAYBOOK_TASK_NOT_FOUND', `You have no task ${taskId}`)
  }
  if (versions !== undefined && !versions.includes(task.version)) {
    const message = `The task is at version ${task.version}: read it again, then decide`
    throw new DaybookError('DAYBOOK_TASK_CHANGED', message)
  }
  return task
}

function created(command: CommandOf<'create'>): TaskEvent {
  const createdAt = command.now.toISOString()
  return event('TaskCreated', command, { ...next(command), ...command.details, createdAt })
}

function edited(command: CommandOf<'edit'>, task: ExistingTask): TaskEvent | undefined {
  const given = Object.entries(command.changes) as [keyof Details, Details[keyof Details]][]
  const changed = given.filter(([field, value]) => JSON.stringify(task[field]) !== JSON.stringify(value))
  if (changed.length === 0) return undefined
  if (task.status === 'completed') {
    throw new DaybookError('DAYBOOK_TASK_COMPLETED', 'The task is completed: reopen it, then edit it')
  }
  const changes: Partial<Details> = Object.fromEntries(changed)
  return event('TaskEdited', command, {
    ...next(command, task),
    changes,
    editedAt: command.now.toISOString(),
  })
}

function completed(command: CommandOf<'complete'>, task: InStatus<'open'>): TaskEvent {
  const { now, timeZone } = command
  const { name, notes, dueOn, tags } = task
  const when = { completedAt: now.toISOString(), timeZone, day: dayOf(now, timeZone) }
  return event('TaskCompleted', command, { ...next(command, task), name, notes, dueOn, tags, ...when })
}

function reopened(command: CommandOf<'reopen'>, task: InStatus<'completed'>): TaskEvent {
  const { day } = task.completion
  // An earlier version of Daybook may have stored an older name of the time zone.
  const timeZone = currentTimeZone(task.completion.timeZone)
  // The day is compared in the time zone of the completion, even when the user is in another one now.
  // `<=`, because the clock of this process may be behind the clock of the process that completed the task.
  const takenBack = dayOf(command.now, timeZone) <= day
  const when = { reopenedAt: command.now.toISOString(), completedDay: day, timeZone }
  return event('TaskReopened', command, { ...next(command, task), ...when, takenBack })
}

function deleted(command: CommandOf<'delete'>, task: ExistingTask): TaskEvent {
  return event('TaskDeleted', command, { ...next(command, task), deletedAt: command.now.toISOString() })
}

/**
 * Also a deleted task gets this event: a command to restore it that is in hand then conflicts, and consumers hear of the erasure in
 * the order of the task's events.
 */
function erased(command: CommandOf<'erase'>, task: Task | undefined): TaskEvent | undefined {
  if (task === undefined || task.erased) return undefined
  const deletedAt = command.now.toISOString()
  return event('TaskDeleted', command, { ...next(command, task), deletedAt, erased: true })
}

function restored(command: CommandOf<'restore'>, task: Task): TaskEvent | undefined {
  if (task.status !== 'deleted') return undefined
  return event('TaskRestored', command, { ...next(command, task), restoredAt: command.now.toISOString() })
}

const next = ({ taskId, userId }: Command, task?: Task) => ({
  taskId,
  userId,
  sequence: (task?.version ?? 0) + 1,
})

function event<Type extends TaskEventType>(
  type: Type,
  command: Command,
  data: TaskEventOf<Type>['data'],
): TaskEventOf<Type> {
  const { taskId, sequence } = data
  const time = command.now.toISOString()
  return { id: eventId(taskId, sequence), type, source: '/daybook/tasks', subject: taskId, time, data }
}
