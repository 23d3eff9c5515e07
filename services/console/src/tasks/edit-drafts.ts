import { signal } from '@preact/signals'
import { type Details, detailsOf, type Row, shownTask, type Task } from './task.ts'

/** A form in which a task is edited, as the person has left it. */
export interface EditDraft {
  /** The task as the person saw it when the editing began: the change is about its details. */
  before: Task
  details: Details
  /** The tags as they are typed, with commas. */
  tags: string
}

/** The open forms, by the key of their row. They do not depend on what the page shows at the moment. */
export const editDrafts = signal<ReadonlyMap<string, EditDraft>>(new Map())

/**
 * The task of a row for the list.
 * @returns undefined when it is or will be deleted, and nobody edits it
 */
export const listedTask = (row: Row, now: number): Task | undefined =>
  shownTask(row, now) ?? editDrafts.value.get(row.key)?.before

/**
 * Opens a form. One that is open already stays as it is.
 * @param task as it is shown: after the pending commands of the row
 */
export function beginEdit({ key }: Row, task: Task): void {
  if (editDrafts.peek().has(key)) return
  setDraft(key, { before: task, details: detailsOf(task), tags: task.tags.join(', ') })
}

/** Changes what is in a form, or closes it. */
export function setDraft(key: string, draft: EditDraft | undefined): void {
  const next = new Map(editDrafts.peek())
  if (draft === undefined) next.delete(key)
  else next.set(key, draft)
  editDrafts.value = next
}
