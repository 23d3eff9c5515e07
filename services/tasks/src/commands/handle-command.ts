import { groupCommit } from '@daybook/shared/async/group-commit'
import type { Relay } from '@daybook/shared/outbox'
import { type Command, decide } from '../decide.ts'
import type { EventStore } from '../events/event-store.ts'
import type { Waiting } from '../events/waiting.ts'
import { evolve, type Task } from '../task.ts'
import type { TaskView } from '../view/view-store.ts'
import { type Asked, changesOf, decideInOrder, holds } from './decide-group.ts'
import { type InTurn, inTurn } from './in-turn.ts'

export interface CommandDeps {
  store: EventStore
  view: TaskView
  relay: Pick<Relay<Waiting>, 'offer' | 'pace'>
}

/** Handles a command. @returns the task after it */
export type HandleCommand = (command: Command, traceparent: string) => Promise<Task>

// The most commands in a group.
const MAX_GROUP = 1000
// About the time in which tasks answers and reads a hundred requests. With 64 callers it makes the groups twice as large, and a command
// costs all processes a quarter less CPU time.
const GATHER_MS = 15

/**
 * Makes the command handler. Commands that arrive while others are handled form one group: it loads their tasks, decides,
 * appends the events, writes the view, offers the events to the relay, and answers, each for the whole group at once. When a
 * command resolves, its event is durable. Commands on one task are carried out in the order of the calls.
 */
export function commandHandler(deps: CommandDeps): HandleCommand {
  const turns = inTurn()
  const handle = groupCommit((group: Asked[]) => handleAll(group, turns, deps), MAX_GROUP, GATHER_MS)
  return async (command, traceparent) => handle({ command, traceparent })
}

async function handleAll(
  group: Asked[],
  turns: InTurn,
  deps: CommandDeps,
): Promise<(Task | Promise<Task>)[]> {
  const { store, view, relay } = deps
  await relay.pace(group.length)
  const together = group.filter(({ command }) => !turns.isTaken(command.taskId))
  const existing = together.filter(({ command }) => command.type !== 'create')
  const tasks = await view.loadAll([...new Set(existing.map(({ command }) => command.taskId))])
  const decisions = decideInOrder(together, tasks)
  const wanted = decisions.filter(({ event }) => event !== undefined)
  const appended = await store.append(wanted.flatMap(({ event }) => event ?? []))
  const stored = new Set(wanted.filter((_, i) => appended[i] !== undefined))
  const changes = changesOf(stored)
  // The view is written before the offer, because the relay marks the events as published, and a sweep updates the view
  // only from unmarked events.
  await view.change([...changes.values()])
  relay.offer(appended.filter(one => one !== undefined))
  const decided = new Map(together.map((asked, i) => [asked, decisions[i]]))
  return group.map(asked => {
    const { taskId } = asked.command
    const [decision, change] = [decided.get(asked), changes.get(taskId)]
    if (decision && (stored.has(decision) || holds(decision, change))) {
      return decision.refusal ? Promise.reject(decision.refusal) : (decision.after as Task)
    }
    return turns.take(taskId, () => settle(asked, change?.after ?? tasks.get(taskId), deps))
  })
}

/**
 * Handles a command alone, after a conflict or to find out whether its task is current: reads the task again if it is not, from
 * the view or from its events, and decides again.
 * @param task the task as the view has it
 */
async function settle(
  { command, traceparent }: Asked,
  task: Task | undefined,
  { store, view, relay }: CommandDeps,
): Promise<Task> {
  const { taskId } = command
  const isBehind = async () => (await store.read(taskId, [(task?.version ?? 0) + 1])).length > 0
  for (;;) {
    // The command before it has mostly written the view, which costs less than to read all events of the task.
    if (await isBehind()) task = await view.load(taskId)
    if (await isBehind()) task = await store.rebuild(taskId)
    const event = decide(command, task)
    // The task is defined, because every command on a missing task either stores an event or throws.
    if (event === undefined) return task as Task
    const [appended] = await store.append([{ ...event, traceparent }])
    if (appended === undefined) continue
    const after = evolve(task, event)
    await view.write(after)
    relay.offer([appended])
    return after
  }
}
