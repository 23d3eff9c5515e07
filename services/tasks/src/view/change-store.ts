import { putNewer } from '@daybook/shared/mongo/put-newer'
import type { mongo } from 'mongoose'
import { WRITE_LIMIT_MS } from '../change-place.ts'
import { searchText } from '../search-text.ts'
import type { Task } from '../task.ts'
import { changedNow, storedVersion, type TaskDocument, toDocument } from './task-model.ts'

type Tasks = mongo.Collection<TaskDocument>

const limit = { maxTimeMS: WRITE_LIMIT_MS }

/** What events changed of a task. */
export interface Change {
  /** The task before the events; undefined when the first of them created it. */
  before: Task | undefined
  after: Task
}

/** Writes the states of tasks, each unless the view has the same version or a newer one. */
export const putTasks = (tasks: Tasks, states: Task[]): Promise<void> =>
  putNewer(tasks, states.map(toDocument), limit)

/**
 * Writes what events changed of the view, at most one change of each task. A task of which the view has not exactly the
 * state before the event is written as a whole, unless the view has the same version or a newer one.
 */
export async function changeAll(tasks: Tasks, changes: Change[]): Promise<void> {
  const put = (some: Change[]) =>
    putTasks(
      tasks,
      some.map(({ after }) => after),
    )
  const created = changes.filter(({ before }) => before === undefined)
  const changed = changes.filter(({ before }) => before !== undefined)
  const [isComplete] = await Promise.all([updateAll(tasks, changed), put(created)])
  if (!isComplete) await put(changed)
}

/**
 * Sets the changed fields of tasks. Tasks with the same changes share an update, as many do that are completed at one instant: an update
 * for each task takes MongoDB three times as long.
 * @returns whether every task had the state before its change
 */
async function updateAll(tasks: Tasks, changed: Change[]): Promise<boolean> {
  if (changed.length === 0) return true
  const alike = [
    ...Map.groupBy(changed, change =>
      JSON.stringify([change.before?.version, changedFields(change)]),
    ).values(),
  ]
  const updates = alike.map(some => ({ updateMany: updateOf(some) }))
  const { modifiedCount } = await tasks.bulkWrite(updates, { ordered: false, ...limit })
  return modifiedCount === changed.length
}

/** The update of tasks that all have the same changes. */
function updateOf(changed: Change[]) {
  const [first] = changed as [Change]
  const { version = 0, ...fields } = changedFields(first)
  const searched = fields.name === undefined ? {} : { searchName: searchText(fields.name) }
  return {
    filter: { _id: { $in: changed.map(({ after }) => after.id) }, version: first.before?.version ?? 0 },
    update: { $set: { ...fields, ...searched, version: storedVersion(version) }, ...changedNow },
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
