import { signal } from '@preact/signals'
import { session } from '../session/session.ts'
import { now } from '../time/clock.ts'
import { give } from './carry-out.ts'
import { setDraft } from './edit-drafts.ts'
import { keepForUndo, rows, setRow } from './rows.ts'
import { type Command, type Details, detailsOf, isSame, type Row, shownTask, type Task } from './task.ts'

/** What a person does with tasks. Each action can be undone until the next one. */

export const lastAction = signal<{ text: string; undo: () => void } | undefined>(undefined)

/** Gives each row a command, and remembers the commands that undo them. */
function act(text: string, done: readonly { row: Row; command: Command; undo: Command }[]): void {
  if (done.length === 0) return
  for (const { row, command } of done) give(row, command)
  keepForUndo(done.map(({ row }) => row.key))
  const undo = () => {
    lastAction.value = undefined
    for (const { row, undo } of done) {
      const current = rows.peek().get(row.key)
      if (current !== undefined) give(current, undo)
    }
  }
  lastAction.value = { text, undo }
}

export const undoLast = (): void => lastAction.peek()?.undo()

/** Forgets the last action: another person must not see it. */
export function forgetAction(): void {
  lastAction.value = undefined
  keepForUndo([])
}

const inWords = (verb: string, tasks: readonly Task[]) =>
  tasks.length === 1 ? `${verb} “${tasks[0]?.name}”.` : `${verb} ${tasks.length} tasks.`

/** The rows with their tasks as they are shown. */
const shown = (some: readonly Row[]) =>
  some.flatMap(row => {
    const task = shownTask(row, now.peek())
    return task === undefined ? [] : [{ row, task }]
  })

const tasksOf = (some: readonly { task: Task }[]) => some.map(({ task }) => task)

/** A key that no other creation has. A page without TLS has no `crypto.randomUUID`. */
const makeKey = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), byte => byte.toString(16).padStart(2, '0')).join('')

export function createTask(details: Details): void {
  const at = new Date(now.peek()).toISOString()
  const key = makeKey()
  const userId = session.peek()?.user ?? ''
  const times = { createdAt: at, updatedAt: at, completedAt: null }
  const task: Task = { id: key, userId, ...details, ...times, status: 'open', version: 0 }
  const row: Row = { key, task, isDeleted: false, pending: [] }
  setRow(key, row)
  act(inWords('Added', [task]), [
    { row, command: { type: 'create', details }, undo: { type: 'delete', seen: details } },
  ])
}

/** Completes tasks; reopens them when all of them are completed. */
export function toggleTasks(some: readonly Row[]): void {
  const found = shown(some)
  const allDone = found.every(({ task }) => task.status === 'completed')
  const changing = found.filter(({ task }) => allDone || task.status === 'open')
  const type = allDone ? 'reopen' : 'complete'
  const undo = { type: allDone ? 'complete' : 'reopen' } as const
  act(
    inWords(allDone ? 'Reopened' : 'Completed', tasksOf(changing)),
    changing.map(({ row }) => ({ row, command: { type }, undo })),
  )
}

export function deleteTasks(some: readonly Row[]): void {
  const found = shown(some)
  for (const { key } of some) setDraft(key, undefined)
  act(
    inWords('Deleted', tasksOf(found)),
    found.map(({ row }) => ({ row, command: { type: 'delete' }, undo: { type: 'restore' } })),
  )
}

/**
 * Edits a task. Only what differs is sent.
 * @param before the task as the person saw it when the editing began
 */
export function editTask(row: Row, before: Task, details: Details): void {
  const names = Object.keys(details) as (keyof Details)[]
  const differing = names.filter(name => !isSame(name, details, before))
  if (differing.length === 0) return
  const pick = (from: Details) =>
    Object.fromEntries(differing.map(name => [name, from[name]])) as Partial<Details>
  const command = { type: 'edit', changes: pick(details), seen: detailsOf(before) } as const
  const undo = { type: 'edit', changes: pick(before), seen: details } as const
  act(inWords('Changed', [before]), [{ row, command, undo }])
}
