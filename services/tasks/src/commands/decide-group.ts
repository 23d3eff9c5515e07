import type { TaskEvent } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import { type Command, decide } from '../decide.ts'
import { evolve, type Task } from '../task.ts'
import type { Change } from '../view/change-store.ts'

/** A command and the trace of its request. */
export interface Asked {
  command: Command
  traceparent: string
}

/** What a command of a group comes to, if the view was current. */
export interface Decision {
  /** The task after the commands of the group before this one. */
  before: Task | undefined
  /** The task after the command; `before` without an event. */
  after: Task | undefined
  /** Undefined when the command changes nothing or is refused. */
  event?: TaskEvent | undefined
  refusal?: DaybookError
}

/**
 * Decides on the commands of a group in their order: each finds its task as the commands before it leave it.
 * @param tasks the tasks as the view has them
 */
export function decideInOrder(group: readonly Asked[], tasks: ReadonlyMap<string, Task>): Decision[] {
  // The commands of a group happen at one instant, so that equal changes of tasks share an update.
  const now = new Date(Math.max(...group.map(({ command }) => command.now.getTime())))
  const latest = new Map(tasks)
  return group.map(asked => {
    const decision = decideOn(asked, latest.get(asked.command.taskId), now)
    if (decision.after) latest.set(asked.command.taskId, decision.after)
    return decision
  })
}

function decideOn({ command, traceparent }: Asked, before: Task | undefined, now: Date): Decision {
  try {
    const event = decide({ ...command, now }, before)
    if (event === undefined) return { before, after: before }
    return { before, after: evolve(before, event), event: { ...event, traceparent } }
  } catch (error) {
    if (error instanceof DaybookError) return { before, after: before, refusal: error }
    throw error
  }
}

/** What stored events changed, one change for each task, by task id. @param stored the decisions with these events, in their order */
export function changesOf(stored: Iterable<Decision>): Map<string, Change> {
  const changes = new Map<string, Change>()
  for (const { before, after } of stored) {
    if (after) changes.set(after.id, { before: (changes.get(after.id) ?? { before }).before, after })
  }
  return changes
}

/**
 * Whether a decision without an event holds. After a crash the view is behind, and a decision on it can be wrong. But when the event that
 * follows the state is stored, or the state itself comes from an event of the group, the state was the current one.
 * @param change what the stored events of the group changed of the task
 */
export const holds = ({ before, event }: Decision, change: Change | undefined): boolean =>
  event === undefined && change !== undefined && (before?.version ?? 0) <= change.after.version
