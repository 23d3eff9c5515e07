import { putNewer } from '@daybook/shared/mongo/put-newer'
import type { mongo } from 'mongoose'
import type { Task } from '../task.ts'
import { type TaskDocument, toDocument } from './task-model.ts'

type Tasks = mongo.Collection<TaskDocument>

/** What one event changed of a task. */
export interface Change {
  /** The task before the event; undefined when the event created it. */
  before: Task | undefined
  after: Task
}

/**
 * Writes what events changed of the view, at most one change of each task. A task of which the view has not exactly the
 * state before the event is written as a whole, unless the view has the same version or a newer one.
 */
export async function changeAll(tasks: Tasks, changes: Change[]): Promise<void> {
  const put = (some: Change[]) =>
    putNewer(
      tasks,
      some.map(({ after }) => toDocument(after)),
    )
  const created = changes.filter(({ before }) => before === undefined)
  const changed = changes.filter(({ before }) => before !== undefined)
  const [isComplete] = await Promise.all([updateAll(tasks, changed), put(created)])
  if (!isComplete) await put(changed)
}

/**
 * Sets the changed fields of tasks. Tasks with the same changes share an update, as many do that are completed at one instant.
 * @returns whether every task had the state before its change
 */
async function updateAll(tasks: Tasks, changed: Change[]): Promise<boolean> {
  if (changed.length === 0) return true
  const alike = [...Map.groupBy(changed, change => JSON.stringify(changedFields(change))).values()]
  const shared = alike.filter(({ length }) => length > 1)
  const single = alike.filter(({ length }) => length === 1).flat()
  const updates = [...shared.map(sameOfAll), ...(single.length > 0 ? [ownOfEach(single)] : [])]
  const { modifiedCount } = await tasks.bulkWrite(
    updates.map(updateMany => ({ updateMany })),
    { ordered: false },
  )
  return modifiedCount === changed.length
}

/** The update of tasks that all have the same changes. */
function sameOfAll(changed: Change[]) {
  const fields = changedFields(changed[0] as Change)
  const version = (fields.version as number) - 1
  return { filter: { _id: { $in: changed.map(({ after }) => after.id) }, version }, update: { $set: fields } }
}

/**
 * One update in which each document looks up its own changes: an update for each document takes MongoDB three times as long,
 * and replacing the documents four times.
 */
function ownOfEach(changed: Change[]) {
  const ids = changed.map(({ after }) => after.id)
  const place = { $indexOfArray: [{ $literal: ids }, '$_id'] }
  const change = { $arrayElemAt: [{ $literal: changed.map(changedFields) }, place] }
  const isNext = { $eq: ['$$change.version', { $add: ['$version', 1] }] }
  const next = { $mergeObjects: ['$$ROOT', { $cond: [isNext, '$$change', {}] }] }
  return {
    filter: { _id: { $in: ids } },
    update: [{ $replaceWith: { $let: { vars: { change }, in: next } } }],
  }
}

/** The version is always one of them. */
function changedFields({ before, after }: Change): Partial<TaskDocument> {
  const old: Partial<Task> = before ?? {}
  const { id: _, ...fields } = after
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== old[name as keyof Task]),
  )
}
