import { randomUUID } from 'node:crypto'
import { dayOf } from '@daybook/shared/time/days'
import { type Api, Refused } from './api.ts'
import { parseTodoLine, type TodoLine } from './todo-txt.ts'

/** What one person completed on one day. */
export type PersonsDay = { day: string; user: string; taskIds: string[] }

/** What became of a to-do list, so far. */
export type Imported = {
  created: number
  completed: number
  skipped: number
  people: Set<string>
  /** By day and person. */
  days: Map<string, PersonsDay>
  /** The days to end, by day and time zone. */
  ends: Map<string, { day: string; timeZone: string }>
}

export type ImportOptions = {
  api: Api
  /** Whose the lines are that name nobody. */
  owner: string
  /** Where people are when their line does not say. */
  timeZone: string
  /** Is told of each line that is no task, and why. */
  skip: (lineNumber: number, why: string) => void
}

type Whose = { user: string; timeZone: string }
type Task = { id: string; completedAt: string }

/** So many lines at a time: enough to keep the services busy, and a list of any size in little memory. */
const AT_ONCE = 32

export const nothingYet = (): Imported => ({
  created: 0,
  completed: 0,
  skipped: 0,
  people: new Set(),
  days: new Map(),
  ends: new Map(),
})

/**
 * Creates a task for each line of a to-do list, and completes those that are marked.
 * @param imported is kept up to date while it goes
 */
export async function importTasks(
  lines: AsyncIterable<string>,
  imported: Imported,
  options: ImportOptions,
): Promise<void> {
  const underWay = new Set<Promise<unknown>>()
  const importId = randomUUID()
  const failures: unknown[] = []
  let lineNumber = 0
  for await (const line of lines) {
    lineNumber += 1
    const work: Promise<unknown> = importLine(line, lineNumber, importId, imported, options)
      .catch(error => failures.push(error))
      .finally(() => underWay.delete(work))
    underWay.add(work)
    if (underWay.size >= AT_ONCE) await Promise.race(underWay)
    if (failures.length > 0) break
  }
  await Promise.all(underWay)
  if (failures.length > 0) throw failures[0]
}

async function importLine(
  line: string,
  lineNumber: number,
  importId: string,
  imported: Imported,
  options: ImportOptions,
): Promise<void> {
  const parsed = parseTodoLine(line)
  if (parsed === 'blank') return
  const skip = (why: string) => {
    imported.skipped += 1
    options.skip(lineNumber, why)
  }
  if ('malformed' in parsed) return skip(parsed.malformed)
  try {
    await importTodo(parsed.todo, `${importId}:${lineNumber}`, imported, options)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    skip(error.message)
  }
}

async function importTodo(todo: TodoLine, key: string, imported: Imported, options: ImportOptions) {
  const { name, notes, dueOn, tags } = todo
  const timeZone = todo.timeZone ?? options.timeZone
  const as = { user: todo.person ?? options.owner, timeZone }
  const { id } = await options.api.call<Task>({
    service: 'tasks',
    path: '/tasks',
    as,
    method: 'POST',
    body: { name, notes, dueOn, tags },
    headers: { 'idempotency-key': key },
  })
  imported.created += 1
  imported.people.add(as.user)
  if (todo.completed) await complete(id, as, imported, options.api)
}

async function complete(id: string, as: Whose, imported: Imported, api: Api): Promise<void> {
  const path = `/tasks/${id}/complete`
  const { completedAt } = await api.call<Task>({ service: 'tasks', path, as, method: 'POST' })
  const { user, timeZone } = as
  const day = dayOf(new Date(completedAt), timeZone)
  imported.completed += 1
  imported.ends.set(`${day}@${timeZone}`, { day, timeZone })
  const known = imported.days.get(`${day}/${user}`)
  if (known === undefined) imported.days.set(`${day}/${user}`, { day, user, taskIds: [id] })
  else known.taskIds.push(id)
}
