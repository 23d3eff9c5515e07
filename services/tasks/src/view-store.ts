import { groupCommit } from '@daybook/shared/async/group-commit'
import { createIndexes, driverCollection, modelOf, partSchemaOf, schemaOf } from '@daybook/shared/mongo/model'
import { putNewer } from '@daybook/shared/mongo/put-newer'
import type { Connection, QueryFilter } from 'mongoose'
import type { Cursor, Order } from './cursor.ts'
import type { Completion, Task } from './task.ts'

/** A document of the collection `tasks`: the latest state of a task, whose id is `_id`. */
type TaskDocument = Omit<Task, 'id'> & { _id: string }

const taskSchema = schemaOf<TaskDocument>({
  userId: String,
  name: String,
  notes: String,
  dueOn: String,
  tags: [String],
  createdAt: String,
  updatedAt: String,
  version: Number,
  status: { type: String, enum: ['open', 'completed', 'deleted'] },
  completion: partSchemaOf<Completion>({ at: String, day: String, timeZone: String }),
})
taskSchema.index({ userId: 1, _id: -1 }, { name: 'newest first' })
taskSchema.index({ userId: 1, updatedAt: -1, _id: -1 }, { name: 'newest change first' })

/** What a list contains. */
export interface TaskQuery {
  userId: string
  status?: 'open' | 'completed' | undefined
  tag?: string | undefined
  /** Only tasks due before this local date. */
  dueBefore?: string | undefined
  /** Only tasks whose name contains this text, in upper or lower case. */
  q?: string | undefined
  sort: Order
  /** Only tasks after this place in the order. */
  after?: Cursor | undefined
  limit: number
}

/** The view for reading: the latest state of each task. It can be made from the events again. */
export interface TaskView {
  load: (taskId: string) => Promise<Task | undefined>
  /** The versions that the view has of these tasks, by task id. Tasks that it does not have are left out. */
  versions: (taskIds: string[]) => Promise<Map<string, number>>
  /** Writes a task's state, unless the view has the same version or a newer one. */
  write: (task: Task) => Promise<void>
  /** The tasks of a list, without deleted ones, in the requested order, at most `limit`. */
  list: (query: TaskQuery) => Promise<Task[]>
}

/** Opens the view's collection. Commands that arrive together share a load and a write. */
export async function openTaskView(connection: Connection): Promise<TaskView> {
  const tasks = modelOf(connection, 'tasks', taskSchema)
  await createIndexes(tasks)

  async function loadAll(ids: string[]): Promise<(Task | undefined)[]> {
    const found = await tasks.find({ _id: { $in: ids } }).lean<TaskDocument[]>()
    const byId = new Map(found.map(document => [document._id, fromDocument(document)]))
    return ids.map(id => byId.get(id))
  }
  async function writeAll(group: Task[]): Promise<Task[]> {
    await putNewer(driverCollection(tasks), group.map(toDocument))
    return group
  }
  const write = groupCommit(writeAll, 1000)
  return {
    load: groupCommit(loadAll, 1000),
    async versions(taskIds) {
      const found = tasks.find({ _id: { $in: taskIds } }, { version: 1 })
      return new Map((await found.lean<TaskDocument[]>()).map(({ _id, version }) => [_id, version]))
    },
    write: async task => void (await write(task)),
    async list(query) {
      const sorted = tasks.find(filterOf(query)).sort(keys[query.sort])
      return (await sorted.limit(query.limit).lean<TaskDocument[]>()).map(fromDocument)
    },
  }
}

// Ids are UUIDv7, so their order is that of creation. A task's id never changes, so its place stays the same between pages.
const keys = { '-createdAt': { _id: -1 }, '-updatedAt': { updatedAt: -1, _id: -1 } } as const

function filterOf({ userId, status, tag, dueBefore, q, after }: TaskQuery): QueryFilter<TaskDocument> {
  return {
    userId,
    status: status ?? { $ne: 'deleted' },
    ...(tag === undefined ? {} : { tags: tag }),
    ...(dueBefore === undefined ? {} : { dueOn: { $lt: dueBefore, $ne: null } }),
    ...(q === undefined ? {} : { name: { $regex: literal(q), $options: 'i' } }),
    ...(after === undefined ? {} : following(after)),
  }
}

function following({ id, updatedAt }: Cursor): QueryFilter<TaskDocument> {
  if (updatedAt === undefined) return { _id: { $lt: id } }
  // The first condition is redundant, but with it MongoDB starts in the index at this place.
  return {
    updatedAt: { $lte: updatedAt },
    $or: [{ updatedAt: { $lt: updatedAt } }, { _id: { $lt: id } }],
  }
}

/** A regular expression that matches a text literally. MongoDB refuses a pattern with a NUL character. */
const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('\0', '\\x00')

const toDocument = ({ id, ...task }: Task): TaskDocument => ({ _id: id, ...task })
const fromDocument = ({ _id, ...task }: TaskDocument) => ({ id: _id, ...task }) as Task
