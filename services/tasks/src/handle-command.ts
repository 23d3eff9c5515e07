import type { TaskEvent } from '@daybook/shared/events'
import { DaybookError } from '@daybook/shared/failures/errors'
import type { Relay } from '@daybook/shared/outbox'
import { type Command, decide } from './decide.ts'
import type { EventStore } from './event-store.ts'
import { evolve, type Task } from './task.ts'
import type { TaskView } from './view-store.ts'

export interface CommandDeps {
  store: EventStore
  view: TaskView
  relay: Pick<Relay<TaskEvent>, 'offer'>
}

/** Handles a command. @returns the task after it */
export type HandleCommand = (command: Command, traceparent: string) => Promise<Task>

/**
 * Makes the command handler. For each command it loads the task, decides, appends the event, writes the view, offers the
 * event to the relay, and answers. When it resolves, the event is durable. After a conflict it rebuilds the task from its
 * events and decides again.
 */
export function commandHandler({ store, view, relay }: CommandDeps): HandleCommand {
  return async (command, traceparent) => {
    let task = command.type === 'create' ? undefined : await view.load(command.taskId)
    // After a crash the view may be out of date. An event that was decided on it then causes a conflict. The answers "nothing
    // changes" and "refused" store no event, so they need a task that is known to be current.
    let isCurrent = command.type === 'create'
    for (;;) {
      const decided = isCurrent ? decide(command, task) : tentatively(command, task)
      if (decided !== undefined) {
        const event = { ...decided, traceparent }
        const after = evolve(task, event)
        if ((await store.append(event)) === 'appended') {
          // The view is written before the offer, because the relay marks the event as published, and a sweep updates the
          // view only from unmarked events.
          await view.write(after)
          relay.offer([event])
          return after
        }
      } else if (isCurrent) {
        // The task is defined, because every command on a missing task either stores an event or throws.
        return task as Task
      }
      const [newer] = await store.read(command.taskId, [(task?.version ?? 0) + 1])
      if (newer !== undefined) task = await store.rebuild(command.taskId)
      isCurrent = true
    }
  }
}

/** Decides on a task that may be out of date. @returns undefined when nothing changes or the command is refused */
function tentatively(command: Command, task: Task | undefined): TaskEvent | undefined {
  try {
    return decide(command, task)
  } catch (error) {
    if (error instanceof DaybookError) return undefined
    throw error
  }
}
