import { groupCommit } from '@daybook/shared/async/group-commit'
import { driverCollection } from '@daybook/shared/mongo/model'
import type { Connection } from 'mongoose'
import type { Task } from '../task.ts'
import { type Change, changeAll, putTasks } from './change-store.ts'
import { type ChangedTasks, type ChangesQuery, readChanges } from './changes-store.ts'
import { readList, type TaskQuery } from './list-store.ts'
import { createTaskIndexes, fromDocument, taskModel } from './task-model.ts'

/** The view for reading: the latest state of each task. It can be made from the events again. */
export interface TaskView {
  load: (taskId: string) => Promise<Task | undefined>
  /** The tasks with these ids, by id. Tasks that the view does not have are left out. */
  loadAll: (taskIds: string[]) => Promise<Map<string, Task>>
  /** The versions that the view has of these tasks, by task id. Tasks that it does not have are left out. */
  versions: (taskIds: string[]) => Promise<Map<string, number>>
  /** Writes a task's state, unless the view has the same version or a newer one. */
  write: (task: Task) => Promise<void>
  /** Writes new tasks, and what events changed of other ones, like `write`. At most one change of each task. */
  change: (changes: Change[]) => Promise<void>
  /** The tasks of a list in the requested order, at most `limit`. */
  list: (query: TaskQuery) => Promise<Task[]>
  /** A page of the tasks that changed since a place. Each change comes at least once, also of a process that ended meanwhile. */
  changes: (query: ChangesQuery) => Promise<ChangedTasks>
}

/** Opens the view's collection, the live one by default. Calls that arrive together share a load and a write. */
export async function openTaskView(connection: Connection, collection?: string): Promise<TaskView> {
  const tasks = taskModel(connection, collection)
  await createTaskIndexes(tasks)

  async function loadAll(ids: string[]): Promise<Map<string, Task>> {
    if (ids.length === 0) return new Map()
    const found = driverCollection(tasks).find({ _id: { $in: ids } }, { batchSize: ids.length + 1 })
    return new Map((await found.toArray()).map(document => [document._id, fromDocument(document)]))
  }
  async function loadEach(ids: string[]): Promise<(Task | undefined)[]> {
    const byId = await loadAll(ids)
    return ids.map(id => byId.get(id))
  }
  async function writeAll(group: Task[]): Promise<Task[]> {
    await putTasks(driverCollection(tasks), group)
    return group
  }
  const write = groupCommit(writeAll, 1000)
  return {
    load: groupCommit(loadEach, 1000),
    loadAll,
    change: changes => changeAll(driverCollection(tasks), changes),
    async versions(taskIds) {
      const options = { projection: { version: 1 }, batchSize: taskIds.length + 1 }
      const found = driverCollection(tasks).find({ _id: { $in: taskIds } }, options)
      return new Map((await found.toArray()).map(({ _id, version }) => [_id, version]))
    },
    write: async task => void (await write(task)),
    list: async query => (await readList(tasks, query)).map(fromDocument),
    changes: query => readChanges(connection, driverCollection(tasks), query),
  }
}
