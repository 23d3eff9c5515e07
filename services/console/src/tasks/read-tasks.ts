import type { Problem } from '../api/problem.ts'
import { tasksApi } from '../api/services.ts'
import { addDays } from '../time/days.ts'
import { changeNumber, replaceRows } from './rows.ts'
import type { Task } from './task.ts'

const PAGE = 200
/** More open tasks than these are not read: a search finds them. */
export const MOST_OPEN = 1000

export interface Wanted {
  q: string | undefined
  tag: string | undefined
  /** The day whose completed tasks are wanted too. */
  today: string
}

type Page = { data?: { tasks: Task[]; nextCursor: string | null }; error?: unknown }

/** What was read: the ids of the tasks that match, and whether there are more open ones. */
export interface TasksRead {
  /** Names the search. */
  of: string
  ids: ReadonlySet<string>
  hasMore: boolean
}

/** Reads the open tasks and those completed today, and takes them over. */
export async function readTasks(
  { q, tag, today }: Wanted,
  signal: AbortSignal,
): Promise<{ data?: TasksRead; error?: Problem }> {
  const since = changeNumber()
  const matching = { ...(q ? { q } : {}), ...(tag ? { tag: [tag] } : {}), limit: PAGE }
  const found: Task[] = []
  const done = { ...matching, status: 'completed', completedAfter: addDays(today, -1) } as const
  for (const query of [{ ...matching, status: 'open' } as const, done]) {
    let cursor: string | null | undefined
    const from = found.length
    while (cursor !== null && found.length - from < MOST_OPEN) {
      const at: { cursor?: string } = cursor === undefined ? {} : { cursor }
      const params = { query: { ...query, ...at } }
      const { data, error }: Page = await tasksApi.GET('/tasks', { params, signal })
      if (data === undefined) return { error: error as Problem }
      found.push(...data.tasks)
      cursor = data.nextCursor
    }
  }
  replaceRows(found, since)
  const open = found.filter(({ status }) => status === 'open')
  return {
    data: {
      of: `${tag ?? ''} ${q ?? ''}`,
      ids: new Set(found.map(({ id }) => id)),
      hasMore: open.length >= MOST_OPEN,
    },
  }
}
