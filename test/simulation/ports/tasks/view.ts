import type { Task } from '../../../../services/tasks/src/task.ts'
import type { Change } from '../../../../services/tasks/src/view/change-store.ts'
import {
  fromDocument,
  type TaskDocument,
  toDocument,
} from '../../../../services/tasks/src/view/task-model.ts'
import type { TaskQuery, TaskView } from '../../../../services/tasks/src/view/view-store.ts'
import { collectionOf } from '../collection.ts'
import type { Connection } from '../database.ts'
import { putNewer } from '../put-newer.ts'

/** `openTaskView` in memory. Each task of `change` is written on its own. */
export function memoryTaskView(connection: Connection): TaskView {
  const tasks = collectionOf<TaskDocument>(connection, 'tasks')

  const put = (some: Task[]) => putNewer(tasks, some.map(toDocument))

  async function update(changed: Change[]): Promise<void> {
    let modified = 0
    for (const { before, after } of changed) {
      const isBefore = ({ version }: TaskDocument) => version === after.version - 1
      const next = (stored: TaskDocument) => ({ ...stored, ...changedFields(before, after) }) as TaskDocument
      if (await tasks.update(after.id, isBefore, next)) modified += 1
    }
    if (modified < changed.length) await put(changed.map(({ after }) => after))
  }

  return {
    async load(id) {
      const found = await tasks.get(id)
      return found && fromDocument(found)
    },
    loadAll: async ids =>
      new Map((await tasks.getAll(ids)).map(document => [document._id, fromDocument(document)])),
    versions: async ids => new Map((await tasks.getAll(ids)).map(({ _id, version }) => [_id, version])),
    write: task => put([task]),
    async change(changes) {
      const created = changes.filter(({ before }) => before === undefined)
      const changed = changes.filter(({ before }) => before !== undefined)
      await Promise.all([update(changed), put(created.map(({ after }) => after))])
    },
    async list(query) {
      const found = (await tasks.find(isListed(query))).map(fromDocument)
      return found.sort((a, b) => (isBefore(a, b, query) ? -1 : 1)).slice(0, query.limit)
    },
  }
}

function changedFields(before: Task | undefined, after: Task): Partial<Task> {
  const old: Partial<Task> = before ?? {}
  const { id: _, ...fields } = after
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== old[name as keyof Task]),
  )
}

const isListed =
  (query: TaskQuery) =>
  ({ _id: id, userId, status, tags, dueOn, name, updatedAt }: TaskDocument): boolean => {
    const { tag, dueBefore, q, after } = query
    return (
      userId === query.userId &&
      (query.status === undefined ? status !== 'deleted' : status === query.status) &&
      (tag === undefined || tags.includes(tag)) &&
      (dueBefore === undefined || (dueOn !== null && dueOn < dueBefore)) &&
      (q === undefined || name.toLowerCase().includes(q.toLowerCase())) &&
      (after === undefined || isBefore(after, { id, updatedAt }, query))
    )
  }

type Place = { id: string; updatedAt?: string | undefined }

/** Whether the newer of two tasks, by the order of a list, is the first. */
function isBefore(a: Place, b: Place, { sort }: TaskQuery): boolean {
  const [timeA = '', timeB = ''] = sort === '-updatedAt' ? [a.updatedAt, b.updatedAt] : []
  return timeA === timeB ? a.id > b.id : timeA > timeB
}
