import { groupCommit } from '@daybook/shared/async/group-commit'
import { collectionOf } from '@daybook/shared/mongo/connect-mongo'
import { putNewer } from '@daybook/shared/mongo/put-newer'
import type { Connection, mongo } from 'mongoose'
import type { Cursor, Order } from './cursor.ts'
import type { Task } from './task.ts'

type Document = Omit<Task, 'id'> & { _id: string }

export interface Wanted {
  userId: string
  status?: 'open' | 'completed' | undefined
  tag?: string | undefined
  /** Tasks due before this local date. */
  dueBefore?: string | undefined
  /** Text that the name contains, whatever its case. */
  q?: string | undefined
  sort: Order
  /** The place in this order after which the tasks are. */
  after?: Cursor | undefined
  limit: number
}

/** The view for reading: the latest state of each task. It can always be made again from the events. */
export interface TaskView {
  load: (taskId: string) => Promise<Task | undefined>
  /** The versions in which it has tasks, by their ids; those that it does not have are left out. */
  versions: (taskIds: string[]) => Promise<Map<string, number>>
  /** Writes a task's state, unless the view holds a newer one. */
  write: (task: Task) => Promise<void>
  /** Tasks that are not deleted, in the order asked for, up to `limit`. */
  list: (wanted: Wanted) => Promise<Task[]>
}

/** Opens the view's collection. Its loads and writes are shared by commands that arrive together. */
export async function openTaskView(connection: Connection): Promise<TaskView> {
  const tasks = collectionOf<Document>(connection, 'tasks')
  await tasks.createIndexes([
    { key: { userId: 1, _id: -1 }, name: 'newest first' },
    { key: { userId: 1, updatedAt: -1, _id: -1 }, name: 'newest change first' },
  ])

  async function loadAll(ids: string[]): Promise<(Task | undefined)[]> {
    const found = await tasks.find({ _id: { $in: ids } }).toArray()
    const byId = new Map(found.map(document => [document._id, fromDocument(document)]))
    return ids.map(id => byId.get(id))
  }
  async function writeAll(group: Task[]): Promise<Task[]> {
    await putNewer(tasks, group.map(toDocument))
    return group
  }
  const write = groupCommit(writeAll, 1000)
  return {
    load: groupCommit(loadAll, 1000),
    async versions(taskIds) {
      const found = tasks.find({ _id: { $in: taskIds } }, { projection: { version: 1 } })
      return new Map((await found.toArray()).map(({ _id, version }) => [_id, version]))
    },
    write: async task => void (await write(task)),
    async list(wanted) {
      const sorted = tasks.find(filterOf(wanted)).sort(keys[wanted.sort])
      return (await sorted.limit(wanted.limit).toArray()).map(fromDocument)
    },
  }
}

// Ids are UUIDv7, so by creation; and an id never changes, so a task keeps its place while pages are read.
const keys = { '-createdAt': { _id: -1 }, '-updatedAt': { updatedAt: -1, _id: -1 } } as const

function filterOf({ userId, status, tag, dueBefore, q, after }: Wanted): mongo.Filter<Document> {
  return {
    userId,
    status: status ?? { $ne: 'deleted' },
    ...(tag === undefined ? {} : { tags: tag }),
    ...(dueBefore === undefined ? {} : { dueOn: { $lt: dueBefore, $ne: null } }),
    ...(q === undefined ? {} : { name: { $regex: literal(q), $options: 'i' } }),
    ...(after === undefined ? {} : beyond(after)),
  }
}

function beyond({ id, updatedAt }: Cursor): mongo.Filter<Document> {
  if (updatedAt === undefined) return { _id: { $lt: id } }
  // The first condition is what the index is entered by.
  return {
    updatedAt: { $lte: updatedAt },
    $or: [{ updatedAt: { $lt: updatedAt } }, { _id: { $lt: id } }],
  }
}

/** A regular expression for a text as it stands; MongoDB takes none with a NUL in it. */
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '\\x00')

const toDocument = ({ id, ...task }: Task): Document => ({ _id: id, ...task })
const fromDocument = ({ _id, ...task }: Document) => ({ id: _id, ...task }) as Task
