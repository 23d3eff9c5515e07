import type { TaskEvent } from '@daybook/shared/events'
import type { Asked } from '../workload/users.ts'
import { type ClockTopic, isEndOfDay, type TaskTopic } from './facts.ts'
import { dayAt } from './local-time.ts'

const statuses = {
  TaskCreated: 'open',
  TaskReopened: 'open',
  TaskCompleted: 'completed',
  TaskDeleted: 'deleted',
} as const
const causes = {
  TaskCreated: 'create',
  TaskEdited: 'edit',
  TaskCompleted: 'complete',
  TaskReopened: 'reopen',
  TaskDeleted: 'delete',
  TaskRestored: 'restore',
} as const

/** daybook.tasks has the events of each task in order, all that were answered, and none that nobody asked for. */
export function checkTaskEvents({ first, differences }: TaskTopic, asked: readonly Asked[]): string[] {
  const found = [...differences]
  const byTask = Map.groupBy(first, ({ event }) => event.data.taskId)
  for (const [taskId, events] of byTask)
    for (const [i, { event }] of events.entries())
      if (event.data.sequence !== i + 1)
        found.push(`daybook.tasks: ${event.id} is the number ${i + 1} of ${taskId}`)
  for (const { type, taskId, answer } of asked) {
    if (answer === undefined) continue
    const events = (byTask.get(taskId) ?? []).map(({ event }) => event).slice(0, answer.task.version)
    if (events.length < answer.task.version || statusAfter(events) !== answer.task.status)
      found.push(`daybook.tasks: the answered ${type} of ${taskId} at version ${answer.task.version} is lost`)
  }
  const commands = new Set(asked.map(({ type, taskId, userId }) => `${type} ${taskId} ${userId}`))
  for (const { event } of first)
    if (!commands.has(`${causes[event.type]} ${event.data.taskId} ${event.data.userId}`))
      found.push(`daybook.tasks: nobody asked for ${event.id}`)
  return found
}

/** The status of a task after its events. A restored task has the one from before its deletion. */
function statusAfter(events: TaskEvent[]): string | undefined {
  const types = events.map(({ type }) => type)
  const before = types.findLast(type => type !== 'TaskEdited') === 'TaskRestored' ? 'TaskDeleted' : undefined
  const last = types.findLast(type => type in statuses && type !== before)
  return statuses[last as keyof typeof statuses]
}

/** Each day of each zone ended once, in order, at the right instant, without gaps. */
export function checkEndsOfDays({ first, differences }: ClockTopic): string[] {
  const found = [...differences]
  const byZone = Map.groupBy(first.filter(isEndOfDay), ({ event }) => event.data.timeZone)
  for (const [timeZone, ends] of byZone) {
    let next: string | undefined
    for (const { event } of ends) {
      const { day, endedAt } = event.data
      const at = Date.parse(endedAt)
      if (next !== undefined && next !== day)
        found.push(`daybook.clock: ${event.id} comes in place of ${next}`)
      if (dayAt(at - 1, timeZone) !== day) found.push(`daybook.clock: ${event.id} ended at ${endedAt}`)
      next = dayAt(at, timeZone)
    }
  }
  return found
}
