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
 * Sets the changed fields of tasks. Tasks with the same changes share an update whatever their versions are, as many do that are completed
 * at one instant: an update for each task takes MongoDB two to three times as long.
 * @returns whether every task had the state before its change
 */
async function updateAll(tasks: Tasks, changed: Change[]): Promise<boolean> {
  if (changed.length === 0) return true
  const contentOf = (change: Change) => JSON.stringify([stepOf(change), changedFields(change)])
  const updates = [...Map.groupBy(changed, contentOf).values()].map(some => ({ updateMany: updateOf(some) }))
  const { modifiedCount } = await tasks.bulkWrite(updates, { ordered: false, ...limit })
  return modifiedCount === changed.length
}

/** The update of tasks that all have the same changes. */
function updateOf(changed: Change[]) {
  const [first] = changed as [Change]
  const fields = changedFields(first)
  const searched = fields.name === undefined ? {} : { searchName: searchText(fields.name) }
  const byVersion = Map.groupBy(changed, ({ before }) => before?.version ?? 0)
  return {
    // The first condition is redundant, but with it MongoDB finds all documents in one search.
    filter: {
      _id: { $in: idsOf(changed) },
      $or: [...byVersion].map(([version, some]) => ({ _id: { $in: idsOf(some) }, version })),
    },
    update: {
      $set: { ...fields, ...searched },
      $inc: { version: storedVersion(stepOf(first)) },
      ...changedNow,
    },
  }
}

const idsOf = (changed: Change[]) => changed.map(({ after }) => after.id)

/** How many events changed the task. */
const stepOf = ({ before, after }: Change) => after.version - (before?.version ?? 0)

/** The changed fields but the version, which always changes. */
function changedFields({ before, after }: Change): Partial<TaskDocument> {
  const old: Partial<Task> = before ?? {}
  const { id: _, version: __, ...fields } = after
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== old[name as keyof Task]),
  )
}
