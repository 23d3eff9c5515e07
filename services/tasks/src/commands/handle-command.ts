import { groupCommit } from '@daybook/shared/async/group-commit'
import type { TaskEvent } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import type { Relay } from '@daybook/shared/outbox'
import { type Command, decide } from '../decide.ts'
import type { EventStore } from '../events/event-store.ts'
import type { Waiting } from '../events/waiting.ts'
import { evolve, type Task } from '../task.ts'
import type { Change } from '../view/change-store.ts'
import type { TaskView } from '../view/view-store.ts'

export interface CommandDeps {
  store: EventStore
  view: TaskView
  relay: Pick<Relay<Waiting>, 'offer' | 'pace'>
}

/** Handles a command. @returns the task after it */
export type HandleCommand = (command: Command, traceparent: string) => Promise<Task>

interface Asked {
  command: Command
  traceparent: string
}

/** A command's event, and what it changes. */
interface Decided extends Change {
  event: TaskEvent
}

// The most commands in a group.
const MAX_GROUP = 1000
// About the time in which tasks answers and reads a hundred requests. With 64 callers it makes the groups twice as large, and a command
// costs all processes a quarter less CPU time.
const GATHER_MS = 15

/**
 * Makes the command handler. Commands that arrive while others are handled form one group: it loads their tasks, decides,
 * appends the events, writes the view, offers the events to the relay, and answers, each for the whole group at once. When a
 * command resolves, its event is durable.
 */
export function commandHandler(deps: CommandDeps): HandleCommand {
  const handle = groupCommit((group: Asked[]) => handleAll(group, deps), MAX_GROUP, GATHER_MS)
  return async (command, traceparent) => handle({ command, traceparent })
}

async function handleAll(group: Asked[], deps: CommandDeps): Promise<(Task | Promise<Task>)[]> {
  const { store, view, relay } = deps
  await relay.pace(group.length)
  const existing = group.filter(({ command }) => command.type !== 'create')
  const tasks = await view.loadAll(existing.map(({ command }) => command.taskId))
  // The commands of a group happen at one instant, so that equal changes of tasks share an update.
  const now = new Date(Math.max(...group.map(({ command }) => command.now.getTime())))
  const decided = group.map(asked => tentatively(asked, tasks.get(asked.command.taskId), now))
  const wanted = decided.filter(one => one !== undefined)
  const appended = await store.append(wanted.map(({ event }) => event))
  const changes = new Set(wanted.filter((_, i) => appended[i] !== undefined))
  // The view is written before the offer, because the relay marks the events as published, and a sweep updates the view
  // only from unmarked events.
  await view.change([...changes])
  relay.offer(appended.filter(one => one !== undefined))
  return group.map((asked, i) => {
    const change = decided[i]
    return change && changes.has(change) ? change.after : settle(asked, tasks.get(asked.command.taskId), deps)
  })
}

/**
 * Decides on a task that may be out of date: after a crash, the view is. An event that was decided on it then causes a
 * conflict. The outcomes "nothing changes" and "refused" cause no event, so they need a task that is known to be current.
 * @returns undefined for these outcomes
 */
function tentatively(
  { command, traceparent }: Asked,
  before: Task | undefined,
  now: Date,
): Decided | undefined {
  try {
    const event = decide({ ...command, now }, before)
    return event && decidedOn(before, { ...event, traceparent })
  } catch (error) {
    if (error instanceof DaybookError) return undefined
    throw error
  }
}

const decidedOn = (before: Task | undefined, event: TaskEvent): Decided => ({
  event,
  before,
  after: evolve(before, event),
})

/**
 * Handles a command alone, after a conflict or to find out whether its task is current: rebuilds the task from its events
 * if it is not, and decides again.
 * @param task the task as the view has it
 */
async function settle(
  { command, traceparent }: Asked,
  task: Task | undefined,
  { store, view, relay }: CommandDeps,
): Promise<Task> {
  for (;;) {
    const [newer] = await store.read(command.taskId, [(task?.version ?? 0) + 1])
    if (newer !== undefined) task = await store.rebuild(command.taskId)
    const event = decide(command, task)
    // The task is defined, because every command on a missing task either stores an event or throws.
    if (event === undefined) return task as Task
    const change = decidedOn(task, { ...event, traceparent })
    const [appended] = await store.append([change.event])
    if (appended === undefined) continue
    await view.write(change.after)
    relay.offer([appended])
    return change.after
  }
}
