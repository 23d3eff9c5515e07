import type { TaskEventOf } from '@daybook/shared/events'
import type { SeenRecord } from '@daybook/shared/testing'
import type { Answered } from './load.ts'

export type Completed = TaskEventOf<'TaskCompleted'>['data']
type Reopened = TaskEventOf<'TaskReopened'>['data']

/** A task's events, each once, by its number. */
export type Histories = Map<string, Map<number, { type: string; data: Record<string, unknown> }>>

/**
 * Reads what was published as another team would: each event may come more than once, and then is the same.
 * @returns the histories, and what is wrong with the topic
 */
export function historiesOf(records: SeenRecord[]): { histories: Histories; faults: string[] } {
  const histories: Histories = new Map()
  const faults: string[] = []
  for (const { key, value, headers } of records) {
    const { taskId, sequence, userId } = value as { taskId: string; sequence: number; userId: string }
    const history = histories.get(taskId) ?? new Map()
    histories.set(taskId, history)
    const known = history.get(sequence)
    const event = { type: headers.ce_type ?? '', data: value }
    if (headers.ce_id !== `${taskId}:${sequence}` || key !== userId)
      faults.push(`${headers.ce_id} is misnamed`)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(event)) {
      faults.push(`${headers.ce_id} came again as another event`)
    }
    if (known === undefined && sequence !== history.size + 1) {
      faults.push(`${headers.ce_id} came after ${history.size} events`)
    }
    history.set(sequence, known ?? event)
  }
  return { histories, faults }
}

/** What was answered 2xx and is not among the events. */
export function unpublished(answered: Answered[], histories: Histories): string[] {
  return answered
    .filter(({ id, version }) => !histories.get(id)?.has(version))
    .map(({ id, version }) => `${id}:${version} was answered and is not published`)
}

/** What the events say was completed: a task counts once on a day, and not when it was taken back. */
export function completionsOf(histories: Histories): Completed[] {
  const counting = new Map<string, Completed>()
  for (const [taskId, history] of histories) {
    for (const [, { type, data }] of [...history].sort(([a], [b]) => a - b)) {
      const completed = data as unknown as Completed
      const reopened = data as unknown as Reopened
      if (type === 'TaskCompleted') counting.set(`${completed.day}:${taskId}`, completed)
      if (type === 'TaskReopened' && reopened.takenBack) counting.delete(`${reopened.completedDay}:${taskId}`)
    }
  }
  return [...counting.values()]
}
