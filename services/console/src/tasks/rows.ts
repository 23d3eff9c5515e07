import { signal } from '@preact/signals'
import { editDrafts } from './edit-drafts.ts'
import { isUndecided, type Row, type Task } from './task.ts'

/** The tasks that this tab knows. All parts of the page read them here, and the newest version of a task wins. */

export const rows = signal<ReadonlyMap<string, Row>>(new Map())

/** When each row last changed here, as a number that grows. */
const changes = new Map<string, number>()
let change = 0

/** The current number of changes, to compare with in `replaceRows`. */
export const changeNumber = (): number => change

/** The rows that the last action can be undone for. */
let undoable: ReadonlySet<string> = new Set()

/** Keeps rows also when a reading does not list them, as deleted ones: undoing needs them. Those of before are kept no longer. */
export function keepForUndo(keys: readonly string[]): void {
  undoable = new Set(keys)
}

/** Changes a row, or removes it. */
export function setRow(key: string, row: Row | undefined): void {
  change += 1
  changes.set(key, change)
  const next = new Map(rows.peek())
  if (row === undefined) next.delete(key)
  else next.set(key, row)
  rows.value = next
}

/** Changes fields of a row that may have gone meanwhile. */
export function updateRow(key: string, fields: Partial<Row>): void {
  const row = rows.peek().get(key)
  if (row !== undefined) setRow(key, { ...row, ...fields })
}

/** Forgets that a command was refused. A task whose creation was refused does not exist. */
export function dismiss({ key, task }: Row): void {
  if (task.version === 0) setRow(key, undefined)
  else updateRow(key, { refused: undefined })
}

export const rowOfTask = (id: string): Row | undefined =>
  rows.peek().get(id) ??
  rows
    .peek()
    .values()
    .find(row => row.task.id === id)

const rowFor = (task: Task): Row => ({ key: task.id, task, isDeleted: false, pending: [] })

/** Takes over what the service has of a task, unless a newer version is known. */
export function noteTask(task: Task): void {
  const row = rowOfTask(task.id)
  if (row === undefined) setRow(task.id, rowFor(task))
  else if (task.version > row.task.version)
    setRow(row.key, { ...row, task, isDeleted: false, isOwn: row.pending.length > 0 })
}

/**
 * Takes over a complete reading of the tasks.
 * @param since the number of changes when the reading began: rows that changed later are newer than it
 */
export function replaceRows(tasks: readonly Task[], since: number): void {
  const isNewer = (row: Row) =>
    row.pending.length > 0 ||
    undoable.has(row.key) ||
    isUndecided(row) ||
    editDrafts.peek().has(row.key) ||
    (changes.get(row.key) ?? 0) > since
  const kept = rows.peek().values().filter(isNewer)
  const listed = tasks.map(task => rowOfTask(task.id) ?? rowFor(task))
  rows.value = new Map([...listed, ...kept].map(row => [row.key, row]))
  for (const task of tasks) noteTask(task)
}
