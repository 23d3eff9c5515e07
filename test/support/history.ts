import type { TaskEventOf } from '@daybook/shared/events'
import type { SeenRecord } from '@daybook/shared/testing'
import type { Answered } from './load.ts'

export type Completed = TaskEventOf<'TaskCompleted'>['data']
type Reopened = TaskEventOf<'TaskReopened'>['data']

/** The events of each task by sequence, each event once. */
export type Histories = Map<string, Map<number, { type: string; data: Record<string, unknown> }>>

/**
 * Reads the published events as another team would. An event may arrive more than once, each time with the same content.
 * @returns the histories, and the faults: an event with a wrong id or key, with different content, or out of order
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
      faults.push(`${headers.ce_id} has a wrong id or key`)
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(event)) {
      faults.push(`${headers.ce_id} arrived again with other content`)
    }
    if (known === undefined && sequence !== history.size + 1) {
      faults.push(`${headers.ce_id} arrived after ${history.size} events`)
    }
    history.set(sequence, known ?? event)
  }
  return { histories, faults }
}

/** Returns a line for each command answered 2xx whose event is missing. */
export function unpublished(answered: Answered[], histories: Histories): string[] {
  return answered
    .filter(({ id, version }) => !histories.get(id)?.has(version))
    .map(({ id, version }) => `${id}:${version} was answered and is not published`)
}

/** Returns the completions that follow from the events: each task once per day, without completions taken back. */
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
