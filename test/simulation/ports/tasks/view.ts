import {
  beginning,
  type ChangePlace,
  placeOf,
  readThrough,
} from '../../../../services/tasks/src/change-place.ts'
import { searchText } from '../../../../services/tasks/src/search-text.ts'
import type { Task } from '../../../../services/tasks/src/task.ts'
import type { Change } from '../../../../services/tasks/src/view/change-store.ts'
import type { TaskQuery } from '../../../../services/tasks/src/view/list-store.ts'
import type { TaskView } from '../../../../services/tasks/src/view/view-store.ts'
import { collectionOf } from '../collection.ts'
import { type Connection, type Database, storedIn } from '../database.ts'
import { putNewer } from '../put-newer.ts'

type TaskDocument = Omit<Task, 'id'> & {
  _id: string
  /** When it was stored, as the place in the order of changes. */
  changedAt: string
}

/** `openTaskView` in memory. Each task of `change` is written on its own. */
export function memoryTaskView(connection: Connection): TaskView {
  const tasks = collectionOf<TaskDocument>(connection, 'tasks', document => ({
    ...document,
    changedAt: nextPlace(connection.database),
  }))

  const put = (some: Task[]) => putNewer(tasks, some.map(toDocument))

  async function update(changed: Change[]): Promise<void> {
    let modified = 0
    for (const { before, after } of changed) {
      const isBefore = ({ version }: TaskDocument) => version === before?.version
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
    async changes({ userId, since = beginning, limit }) {
      const now = Date.now() / 1000
      const found = await tasks.find(one => one.userId === userId && comesAfter(placeIn(one), since))
      const sorted = found.sort((a, b) => (comesAfter(placeIn(a), placeIn(b)) ? 1 : -1))
      const [page, more] = [sorted.slice(0, limit), sorted.length > limit]
      const [end] = page.slice(-1)
      const next = readThrough(since, { last: end && placeIn(end), more, now })
      return { tasks: page.map(fromDocument), next, more }
    },
  }
}

const toDocument = ({ id, ...task }: Task): TaskDocument => ({ _id: id, ...task, changedAt: '' })
const fromDocument = ({ _id, changedAt, ...task }: TaskDocument) => ({ id: _id, ...task }) as Task

/** The time of MongoDB's clock as the place of a change, each time another one. */
function nextPlace(database: Database): string {
  const clock = storedIn(database, 'the clock of MongoDB').byId as Map<string, { last: string }>
  const [now, after] = [placeOf(Date.now() / 1000), BigInt(clock.get('clock')?.last ?? 0) + 1n]
  const last = String(now > after ? now : after)
  clock.set('clock', { last })
  return last
}

const placeIn = ({ _id, changedAt }: TaskDocument): ChangePlace => ({ at: BigInt(changedAt), id: _id })
const comesAfter = (a: ChangePlace, b: ChangePlace) => (a.at === b.at ? a.id > b.id : a.at > b.at)

function changedFields(before: Task | undefined, after: Task): Partial<Task> {
  const old: Partial<Task> = before ?? {}
  const { id: _, ...fields } = after
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== old[name as keyof Task]),
  )
}

const isListed =
  (query: TaskQuery) =>
  ({ _id: id, userId, status, tags, dueOn, completion, name, updatedAt }: TaskDocument): boolean => {
    const { tag = [], q, after } = query
    const day = completion?.day ?? null
    return (
      (query.userId === undefined || userId === query.userId) &&
      (query.status === undefined ? status !== 'deleted' : status === query.status) &&
      tag.every(one => tags.includes(one)) &&
      (query.dueOn === undefined || dueOn === query.dueOn) &&
      (query.dueBefore === undefined || (dueOn !== null && dueOn < query.dueBefore)) &&
      (query.dueAfter === undefined || (dueOn !== null && dueOn > query.dueAfter)) &&
      (query.completedBefore === undefined || (day !== null && day < query.completedBefore)) &&
      (query.completedAfter === undefined || (day !== null && day > query.completedAfter)) &&
      (q === undefined || searchText(name).includes(searchText(q))) &&
      (after === undefined || isBefore(after, { id, updatedAt }, query))
    )
  }

type Place = { id: string; updatedAt?: string | undefined }

/** Whether the newer of two tasks, by the order of a list, is the first. */
function isBefore(a: Place, b: Place, { sort }: TaskQuery): boolean {
  const [timeA = '', timeB = ''] = sort === '-updatedAt' ? [a.updatedAt, b.updatedAt] : []
  return timeA === timeB ? a.id > b.id : timeA > timeB
}
