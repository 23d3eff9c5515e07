import type { TaskEvent } from '@daybook/shared/events'
import { eventId, evolve, type Task } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import type { EventStore } from './event-store.ts'

/** What brings the view up to date. */
export interface CatchUpDeps {
  store: Pick<EventStore, 'readAll'>
  view: Pick<TaskView, 'versions' | 'load' | 'write'>
}

/**
 * Applies stored events to the view, because the process that stored them may have ended before it wrote the view. Sends one
 * command to MongoDB when the view is up to date, and a few otherwise, for any number of tasks.
 */
export async function catchUpView(stored: TaskEvent[], { store, view }: CatchUpDeps): Promise<void> {
  const newest = new Map<string, number>()
  for (const { data } of stored) {
    newest.set(data.taskId, Math.max(data.sequence, newest.get(data.taskId) ?? 0))
  }
  await catchUpTo(newest, { store, view })
}

/** Applies events to the view, up to a sequence of each task, as `catchUpView` does. @returns how many tasks were behind */
export async function catchUpTo(
  newest: ReadonlyMap<string, number>,
  { store, view }: CatchUpDeps,
): Promise<number> {
  if (newest.size === 0) return 0
  const known = await view.versions([...newest.keys()])
  const missing = [...newest].flatMap(([taskId, version]) => {
    const from = known.get(taskId) ?? 0
    return Array.from({ length: Math.max(0, version - from) }, (_, i) => eventId(taskId, from + i + 1))
  })
  if (missing.length === 0) return 0
  const byTask = Map.groupBy(await store.readAll(missing), ({ data }) => data.taskId)
  await Promise.all([...byTask].map(([taskId, events]) => applyTo(taskId, events, view)))
  return byTask.size
}

async function applyTo(taskId: string, events: TaskEvent[], view: CatchUpDeps['view']): Promise<void> {
  const known = await view.load(taskId)
  const newer = events.filter(({ data }) => data.sequence > (known?.version ?? 0))
  const task = newer.reduce<Task | undefined>(evolve, known)
  if (newer.length > 0 && task !== undefined) await view.write(task)
}
