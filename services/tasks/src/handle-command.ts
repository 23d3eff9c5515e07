import type { TaskEvent } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import type { Relay } from '@daybook/shared/outbox'
import { type Command, decide } from './decide.ts'
import type { EventStore } from './event-store.ts'
import { evolve, type Task } from './task.ts'
import type { TaskView } from './task-view.ts'

export interface CommandDeps {
  store: EventStore
  view: TaskView
  relay: Pick<Relay<TaskEvent>, 'offer'>
}

/** @returns the task as the command leaves it */
export type HandleCommand = (command: Command, traceparent: string) => Promise<Task>

/**
 * Handles commands: load, decide, append, write the view, hand over to the relay, answer. When it resolves the event
 * is durable. Whoever loses a race decides again on what the winner left.
 */
export function commandHandler({ store, view, relay }: CommandDeps): HandleCommand {
  return async (command, traceparent) => {
    let task = command.type === 'create' ? undefined : await view.load(command.taskId)
    // The view may be behind, after a crash. An event decided on it meets a conflict then; but that nothing is to be
    // done, or that it can't be, is only said of a task as its events have it.
    let certain = command.type === 'create'
    for (;;) {
      const decided = certain ? decide(command, task) : tentatively(command, task)
      if (decided !== undefined) {
        const event = { ...decided, traceparent }
        const after = evolve(task, event)
        if ((await store.append(event)) === 'appended') {
          // Before the relay, which marks the event as published: what is not marked, the sweep brings into the view.
          await view.write(after)
          relay.offer([event])
          return after
        }
      } else if (certain) {
        // Without a task there is no command that changes nothing.
        return task as Task
      }
      const [newer] = await store.read(command.taskId, [(task?.version ?? 0) + 1])
      if (newer !== undefined) task = await store.rebuild(command.taskId)
      certain = true
    }
  }
}

function tentatively(command: Command, task: Task | undefined): TaskEvent | undefined {
  try {
    return decide(command, task)
  } catch (error) {
    if (error instanceof DaybookError) return undefined
    throw error
  }
}
