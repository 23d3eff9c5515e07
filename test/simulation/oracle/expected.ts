import type { TaskEvent, TaskEventOf } from '@daybook/shared/events'
import type { Asked } from '../workload/users.ts'
import type { Seen, TaskTopic } from './facts.ts'
import { dayAt, localText } from './local-time.ts'

/** A change of a user's day: a completion, or a completion that was taken back. */
export interface Change extends Seen<TaskEvent> {
  day: string
  timeZone: string
  userId: string
  taskId: string
  completed: TaskEventOf<'TaskCompleted'>['data'] | undefined
  /** When the command was answered; undefined if nobody knows of an answer. */
  answeredAt: number | undefined
}

/** What the events say, folded by code of its own. */
export interface Expected {
  /** In the order of each task. */
  changes: Change[]
  /** The last change of each task on each day, by `<day>:<task>`. */
  last: Map<string, Change>
}

export function expectedOf({ first }: TaskTopic, asked: readonly Asked[], differences: string[]): Expected {
  const answers = new Map(asked.flatMap(({ answer }) => (answer ? [[idOf(answer.task), answer.at]] : [])))
  const byTask = Map.groupBy(first, ({ event }) => event.data.taskId)
  const changes = [...byTask.values()].flatMap(events => {
    events.sort((a, b) => a.event.data.sequence - b.event.data.sequence)
    return events.flatMap(seen => changeOf(seen, answers.get(seen.event.id), differences) ?? [])
  })
  return { changes, last: new Map(changes.map(change => [`${change.day}:${change.taskId}`, change])) }
}

const idOf = ({ id, version }: { id: string; version: number }) => `${id}:${version}`

function changeOf(
  seen: Seen<TaskEvent>,
  answeredAt: number | undefined,
  differences: string[],
): Change | undefined {
  const { type, data } = seen.event
  if (type === 'TaskCompleted') {
    const { day, timeZone, userId, taskId, completedAt } = data
    if (day !== dayAt(Date.parse(completedAt), timeZone))
      differences.push(`${seen.event.id} is on ${day}, but ${completedAt} is another day in ${timeZone}`)
    return { ...seen, day, timeZone, userId, taskId, completed: data, answeredAt }
  }
  if (type !== 'TaskReopened') return undefined
  const { completedDay: day, timeZone, userId, taskId, reopenedAt, takenBack } = data
  if (takenBack !== dayAt(Date.parse(reopenedAt), timeZone) <= day)
    differences.push(`${seen.event.id} has the wrong takenBack`)
  return takenBack ? { ...seen, day, timeZone, userId, taskId, completed: undefined, answeredAt } : undefined
}

/** The user logs by path, as they have to be when all days are over. */
export function expectedFiles({ last }: Expected): Map<string, string> {
  const counting = [...last.values()].flatMap(({ completed }) => completed ?? [])
  const byFile = Map.groupBy(counting, ({ day, userId }) => `${day}/${userId}.log`)
  return new Map([...byFile].map(([path, completions]) => [path, textOf(completions)]))
}

export function lineOf({
  completedAt,
  timeZone,
  taskId,
  name,
}: TaskEventOf<'TaskCompleted'>['data']): string {
  return `${localText(Date.parse(completedAt), timeZone)}\t${completedAt}\t${taskId}\t${name}\n`
}

function textOf(completions: TaskEventOf<'TaskCompleted'>['data'][]): string {
  const order = ({ completedAt, taskId }: { completedAt: string; taskId: string }) => completedAt + taskId
  return completions
    .toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    .map(lineOf)
    .join('')
}
