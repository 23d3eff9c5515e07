import { randomUUID } from 'node:crypto'
import { dataOf, RequestRefused } from '@daybook/client'
import { dayOf } from '@daybook/shared/time/days'
import type { Api } from './api.ts'
import { parseTodoLine, type TodoLine } from './todo-txt.ts'

/** The tasks that one user completed on one day. */
export type UserDay = { day: string; user: string; taskIds: string[] }

/** The result of an import so far. */
export type Imported = {
  created: number
  completed: number
  skipped: number
  people: Set<string>
  /** Completed tasks, keyed by day and user. */
  days: Map<string, UserDay>
  /** The days to end, keyed by day and time zone. */
  ends: Map<string, { day: string; timeZone: string }>
}

export type ImportOptions = {
  api: Api
  /** The user of lines that name no user. */
  owner: string
  /** The time zone of lines that name no time zone. */
  timeZone: string
  /** Called for each line that is not a valid task, with the reason. */
  skip: (lineNumber: number, why: string) => void
}

type Owner = { user: string; timeZone: string }

/** Lines imported concurrently: enough to keep the services busy, few enough for little memory with any list. */
const CONCURRENCY = 32

export const emptyImport = (): Imported => ({
  created: 0,
  completed: 0,
  skipped: 0,
  people: new Set(),
  days: new Map(),
  ends: new Map(),
})

/**
 * Creates a task for each line of a to-do list, and completes the tasks that the list marks as done.
 * @param imported is updated meanwhile
 */
export async function importTasks(
  lines: AsyncIterable<string>,
  imported: Imported,
  options: ImportOptions,
): Promise<void> {
  const running = new Set<Promise<unknown>>()
  const importId = randomUUID()
  const failures: unknown[] = []
  let lineNumber = 0
  for await (const line of lines) {
    lineNumber += 1
    const work: Promise<unknown> = importLine(line, lineNumber, importId, imported, options)
      .catch(error => failures.push(error))
      .finally(() => running.delete(work))
    running.add(work)
    if (running.size >= CONCURRENCY) await Promise.race(running)
    if (failures.length > 0) break
  }
  await Promise.all(running)
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
    if (!(error instanceof RequestRefused)) throw error
    skip(error.message)
  }
}

async function importTodo(todo: TodoLine, key: string, imported: Imported, options: ImportOptions) {
  const { name, notes, dueOn, tags } = todo
  const timeZone = todo.timeZone ?? options.timeZone
  const as = { user: todo.person ?? options.owner, timeZone }
  const created = options.api.tasks(as).POST('/tasks', {
    params: { header: { 'idempotency-key': key } },
    body: { name, notes, dueOn, tags },
  })
  const { id } = await dataOf(created)
  imported.created += 1
  imported.people.add(as.user)
  if (todo.completed) await complete(id, as, imported, options.api)
}

async function complete(id: string, as: Owner, imported: Imported, api: Api): Promise<void> {
  const params = { path: { id } }
  const { completedAt } = await dataOf(api.tasks(as).POST('/tasks/{id}/complete', { params }))
  const { user, timeZone } = as
  const day = dayOf(new Date(completedAt as string), timeZone)
  imported.completed += 1
  imported.ends.set(`${day}@${timeZone}`, { day, timeZone })
  const known = imported.days.get(`${day}/${user}`)
  if (known === undefined) imported.days.set(`${day}/${user}`, { day, user, taskIds: [id] })
  else known.taskIds.push(id)
}
