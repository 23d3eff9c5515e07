import { eventReader, type TaskEvent, taskEvents } from '@daybook/shared/events'
import type { ErrorCode } from '@daybook/shared/failures/errors'
import { receivedEvent } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { type Command, decide } from '../../src/decide.ts'
import { evolve, type Task } from '../../src/task.ts'

export const taskId = '019ab0c0-0000-7000-8000-000000000001'
export const alice = 'alice'
export const details = { name: 'Water the plants', notes: null, dueOn: null, tags: [] }

type Given = Command extends infer C
  ? C extends Command
    ? Omit<C, 'taskId' | 'userId' | 'now'>
    : never
  : never

/** A command of alice to the task, at an instant. */
export const at = (now: string, command: Given, userId = alice): Command =>
  ({ taskId, userId, now: new Date(now), ...command }) as Command

export const create = (now = '2026-11-22T08:00:00Z') => at(now, { type: 'create', details })
export const complete = (now: string, timeZone = 'UTC') => at(now, { type: 'complete', timeZone })
export const reopen = (now: string) => at(now, { type: 'reopen' })
export const edit = (now: string, changes: Partial<Task>) => at(now, { type: 'edit', changes })
export const remove = (now: string) => at(now, { type: 'delete' })
export const restore = (now: string) => at(now, { type: 'restore' })

const read = eventReader<TaskEvent>(taskEvents)

/** The events of commands, and the task after them. Checks each event against the contract. */
export function after(t: Test, commands: Command[]): { events: TaskEvent[]; task: Task | undefined } {
  const events: TaskEvent[] = []
  let task: Task | undefined
  for (const command of commands) {
    const event = decide(command, task)
    if (event === undefined) continue
    t.equal(read(receivedEvent(event)).status, 'event', `${event.type} is as the contract says`)
    t.equal(event.data.sequence, events.length + 1)
    task = evolve(task, event)
    events.push(event)
  }
  return { events, task }
}

/** Given earlier commands, when a command comes, then it causes an event or none, or is refused with a code. */
export const given = (...past: Command[]) => ({
  when: (command: Command) => ({
    gives(t: Test, expected: Partial<TaskEvent> | undefined): void {
      const { task } = after(t, past)
      const event = decide(command, task)
      if (expected === undefined) t.equal(event, undefined)
      else t.match(event, { ...expected, id: `${taskId}:${(task?.version ?? 0) + 1}` })
    },
    isRefused(t: Test, code: ErrorCode): void {
      const { task } = after(t, past)
      t.throws(() => decide(command, task), { code })
    },
  }),
})
