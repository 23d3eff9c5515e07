import type { Tasks } from '@daybook/client'
import type { Problem } from '../../api/problem.ts'
import { tasksApi } from '../../api/services.ts'

const PAGE = 100

/** Which tasks are searched by their names. */
export interface Search {
  q: string
  /** The person whose tasks are searched; empty: those of all. */
  user: string
  cursor: string | undefined
  /** Whether deleted tasks are searched, in place of the others. */
  isDeleted: boolean
}

/** A task that was found. */
export interface FoundTask {
  id: string
  userId: string
  name: string
  state: Tasks.Task['status'] | 'deleted'
  /** When it last changed. */
  changedAt: string
}

/** Finds a page of tasks, either of those that exist or of deleted ones. */
export async function searchTasks(
  { isDeleted, ...search }: Search,
  signal: AbortSignal,
): Promise<{ data?: { tasks: FoundTask[]; nextCursor: string | null }; error?: Problem }> {
  const asked = { params: { query: queryOf(search) }, signal }
  const { data, error } = isDeleted
    ? await tasksApi.GET('/tasks/deleted', asked)
    : await tasksApi.GET('/tasks', asked)
  if (data === undefined) return { error: error as Problem }
  return { data: { tasks: data.tasks.map(foundOf), nextCursor: data.nextCursor } }
}

function foundOf(task: Tasks.Task | Tasks.DeletedTaskInList): FoundTask {
  const { id, userId, name } = task
  return 'deletedAt' in task
    ? { id, userId, name, state: 'deleted', changedAt: task.deletedAt }
    : { id, userId, name, state: task.status, changedAt: task.updatedAt }
}

function queryOf({ q, user, cursor }: Omit<Search, 'isDeleted'>) {
  return {
    ...(q && { q }),
    limit: PAGE,
    ...(user ? { user } : { allUsers: 'true' as const }),
    ...(cursor && { cursor }),
  }
}
