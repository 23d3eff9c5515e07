import type { TaskEvent } from '@daybook/shared/events'
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
    for (;;) {
      const decided = decide(command, task)
      // Without a task there is no command that changes nothing.
      if (decided === undefined) return task as Task
      const event = { ...decided, traceparent }
      if ((await store.append(event)) === 'appended') {
        const after = evolve(task, event)
        // Before the relay, which marks the event as published: what is not marked, the sweep brings into the view.
        await view.write(after)
        relay.offer([event])
        return after
      }
      // From the events: the view may be behind, and then deciding on it would lose again, for ever.
      task = await store.rebuild(command.taskId)
    }
  }
}
