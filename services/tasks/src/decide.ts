import type { TaskEvent, TaskEventOf, TaskEventType } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { canonicalTimeZone, dayOf } from '@daybook/shared/time/days'
import type { Details, Task } from './task.ts'

/** The decisions about a task, pure and synchronous: time and ids come in with the command. */

interface ToTask {
  taskId: string
  userId: string
  now: Date
  /** If-Match: the versions of the task that the command is meant for; absent when any will do. */
  versions?: readonly number[] | undefined
}

export type Command = ToTask &
  (
    | { type: 'create'; details: Details }
    | { type: 'edit'; changes: Partial<Details> }
    | { type: 'complete'; timeZone: string }
    | { type: 'reopen' }
    | { type: 'delete' }
  )

/**
 * Decides what a command does to a task.
 * @param task the task as it is, or undefined when there is none
 * @returns the event, or undefined when everything is already as the command wants it
 * @throws DaybookError DAYBOOK_TASK_NOT_FOUND, DAYBOOK_TASK_CHANGED, DAYBOOK_TASK_COMPLETED
 */
export function decide(command: Command, task: Task | undefined): TaskEvent | undefined {
  if (command.type === 'create') return task === undefined ? created(command) : undefined
  const current = own(command, task)
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

type Of<Type extends Command['type']> = Extract<Command, { type: Type }>
type InStatus<Status extends Task['status']> = Extract<Task, { status: Status }>
type Living = InStatus<'open' | 'completed'>

/**
 * The task, if it is there for this user, and at a version that the command is meant for.
 * @throws DaybookError DAYBOOK_TASK_NOT_FOUND, DAYBOOK_TASK_CHANGED
 */
export function own({ taskId, userId, versions }: Omit<ToTask, 'now'>, task: Task | undefined): Living {
  // A task of somebody else's answers as one that does not exist: its existence is nobody's business.
  if (task === undefined || task.userId !== userId || task.status === 'deleted') {
    throw new DaybookError('DAYBOOK_TASK_NOT_FOUND', `You have no task ${taskId}`)
  }
  if (versions !== undefined && !versions.includes(task.version)) {
    const message = `The task is at version ${task.version}: read it again, then decide`
    throw new DaybookError('DAYBOOK_TASK_CHANGED', message)
  }
  return task
}

function created(command: Of<'create'>): TaskEvent {
  const createdAt = command.now.toISOString()
  return event('TaskCreated', command, { ...next(command), ...command.details, createdAt })
}

function edited(command: Of<'edit'>, task: Living): TaskEvent | undefined {
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

function completed(command: Of<'complete'>, task: InStatus<'open'>): TaskEvent {
  const { now, timeZone } = command
  const { name, notes, dueOn, tags } = task
  const when = { completedAt: now.toISOString(), timeZone, day: dayOf(now, timeZone) }
  return event('TaskCompleted', command, { ...next(command, task), name, notes, dueOn, tags, ...when })
}

function reopened(command: Of<'reopen'>, task: InStatus<'completed'>): TaskEvent {
  const { day } = task.completion
  // The event and the view may be of an earlier version, which kept an older name of the time zone.
  const timeZone = canonicalTimeZone(task.completion.timeZone) ?? task.completion.timeZone
  // Whether it is still that day is asked where the completion counts, wherever the user is by now.
  // Not later: the clock of another process may be a moment behind the one that completed it.
  const takenBack = dayOf(command.now, timeZone) <= day
  const when = { reopenedAt: command.now.toISOString(), completedDay: day, timeZone }
  return event('TaskReopened', command, { ...next(command, task), ...when, takenBack })
}

function deleted(command: Of<'delete'>, task: Living): TaskEvent {
  return event('TaskDeleted', command, { ...next(command, task), deletedAt: command.now.toISOString() })
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
  return { id: `${taskId}:${sequence}`, type, source: '/daybook/tasks', subject: taskId, time, data }
}
