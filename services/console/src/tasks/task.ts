import type { Tasks } from '@daybook/client'
import type { Problem } from '../api/problem.ts'

export type Task = Tasks.components['schemas']['Task']
export type Details = Pick<Task, 'name' | 'notes' | 'dueOn' | 'tags'>

/** What a person has done with a task. */
export type Command =
  | { type: 'create'; details: Details }
  /** `seen`: the details that the person saw. The change is about them, and not about those that somebody else has given the task since. */
  | { type: 'edit'; changes: Partial<Details>; seen: Details }
  /** `seen`: only when the deletion undoes a creation. */
  | { type: 'delete'; seen?: Details }
  | { type: 'complete' | 'reopen' | 'restore' }

/** A task on the page. */
export interface Row {
  /** Identifies the row: the id of the task; for one that is created here, the Idempotency-Key of its creation. */
  key: string
  /** The task as the service has it, and as it was typed while the service does not have it. */
  task: Task
  isDeleted: boolean
  /** Whether the last change of the task was made in this tab. */
  isOwn?: boolean
  /** The commands that the service has not carried out yet. The first of them is being sent. */
  pending: readonly Command[]
  /** Why the first of them could not be sent; it is sent again. */
  waits?: Problem | undefined
  /** The service has another version than the one that the command was about. The person decides. */
  conflict?: { mine: Command; theirs: Task | undefined } | undefined
  /** The service refused the command for good. */
  refused?: { command: Command; problem: Problem } | undefined
}

/** Whether the person must see the row: something could not be carried out. */
export const isUndecided = ({ conflict, refused }: Row): boolean =>
  conflict !== undefined || refused !== undefined

/** Whether a detail is equal in two tasks or changes. */
export const isSame = (name: keyof Details, one: Partial<Details>, other: Partial<Details>): boolean =>
  JSON.stringify(one[name]) === JSON.stringify(other[name])

/** Whether all details are equal in two tasks or changes. */
export const isSameIn = (one: Details, other: Details): boolean =>
  detailNames.every(name => isSame(name, one, other))

const detailNames = ['name', 'notes', 'dueOn', 'tags'] as const

export const detailsOf = ({ name, notes, dueOn, tags }: Details): Details => ({ name, notes, dueOn, tags })

/** Whether a command only sets the state of a task, so that the last one of several is the wish. */
export const isToggle = ({ type }: Command): boolean => type === 'complete' || type === 'reopen'

/**
 * The task as it will be when all pending commands are carried out.
 * @returns undefined when it will be deleted, and the person has nothing to decide about that
 */
export function shownTask(row: Row, now: number): Task | undefined {
  const after = row.pending.reduce(
    ({ task, isDeleted }, command) => ({
      task: changed(task, command, now),
      isDeleted: command.type === 'delete' || (isDeleted && command.type !== 'restore'),
    }),
    { task: row.task, isDeleted: row.isDeleted },
  )
  return after.isDeleted && !isUndecided(row) ? undefined : after.task
}

function changed(task: Task, command: Command, now: number): Task {
  if (command.type === 'edit') return { ...task, ...command.changes }
  if (command.type === 'complete' && task.status === 'open') {
    return { ...task, status: 'completed', completedAt: new Date(now).toISOString() }
  }
  return command.type === 'reopen' ? { ...task, status: 'open', completedAt: null } : task
}
