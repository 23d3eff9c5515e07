import type { HandleCommand } from '../commands/handle-command.ts'
import type { EventStore } from '../events/event-store.ts'
import { eventId } from '../task.ts'
import type { Erasure } from './erasure-model.ts'
import type { Erased } from './erasure-store.ts'
import type { KnownTask, UserTexts } from './user-texts-store.ts'

export interface EraseDeps {
  handle: HandleCommand
  store: Pick<EventStore, 'waitingUpTo'>
  texts: UserTexts
}

/** What a pass over the tasks of an erasure has found. */
export interface Pass extends Erased {
  /** Whether nothing was left to do: no task had text, and all its events are published. */
  isClean: boolean
}

const TASKS_AT_ONCE = 500
const EVENTS_AT_ONCE = 5000

/**
 * Goes once through all tasks of an erasure: stores a last event for each that has text, which erases it from the view, and then
 * erases the text in its events. May be repeated, also by two processes at once.
 * @param holds asked before each part: whether this process is still to do the work
 * @returns undefined when it is not
 */
export async function eraseTasks(
  erasure: Erasure,
  holds: () => Promise<boolean>,
  deps: EraseDeps,
): Promise<Pass | undefined> {
  const pass: Pass = { tasks: 0, events: 0, isClean: true }
  for (let after = ''; ; ) {
    if (!(await holds())) return undefined
    const page = await deps.texts.tasksAfter(after, erasure, TASKS_AT_ONCE)
    if (page.length > 0) await erasePage(page, erasure, pass, deps)
    const last = page.at(-1)
    if (last === undefined || page.length < TASKS_AT_ONCE) return pass
    after = last.id
  }
}

async function erasePage(page: KnownTask[], erasure: Erasure, pass: Pass, deps: EraseDeps): Promise<void> {
  const { handle, store, texts } = deps
  const { userId, traceparent } = erasure
  const now = new Date()
  const tasks = await Promise.all(
    page.map(task =>
      task.isErased ? task : handle({ type: 'erase', taskId: task.id, userId, now }, traceparent),
    ),
  )
  const ids = tasks.flatMap(({ id, version }) =>
    Array.from({ length: version }, (_, i) => eventId(id, i + 1)),
  )
  for (let at = 0; at < ids.length; at += EVENTS_AT_ONCE)
    await texts.eraseEvents(ids.slice(at, at + EVENTS_AT_ONCE))
  // Nothing of these tasks follows their last event. What is published is asked for them, and not by time: clocks differ.
  const waiting = await store.waitingUpTo(tasks.map(({ id, version }) => eventId(id, version)))
  pass.tasks += tasks.length
  pass.events += ids.length
  pass.isClean &&= page.every(({ isErased }) => isErased) && waiting.length === 0
}
