import type { SeenRecord, Stack } from '@daybook/shared/testing'
import type { TaskDocument } from '../../src/view/task-model.ts'

/** What remains when Kafka has compacted the topic: the last record of each task, without tombstones. */
export function compactedStates(records: SeenRecord[]): SeenRecord['value'][] {
  const last = new Map(records.map(({ key, value }) => [key, value as SeenRecord['value'] | null]))
  return [...last.values()].filter(state => state !== null).sort(byId)
}

/** The tasks of the view that are not deleted, as states. */
export async function tasksOfView({ db }: Stack): Promise<SeenRecord['value'][]> {
  const found = await db
    .collection<TaskDocument>('tasks')
    .find({ status: { $ne: 'deleted' } })
    .toArray()
  return found.map(stateOf).sort(byId)
}

function stateOf({ _id: id, ...task }: TaskDocument): SeenRecord['value'] {
  const { userId, name, notes, dueOn, tags, status, createdAt, updatedAt, completion, version } = task
  return { id, userId, name, notes, dueOn, tags, status, createdAt, updatedAt, completion, version }
}

const byId = (a: SeenRecord['value'], b: SeenRecord['value']) => (String(a.id) < String(b.id) ? -1 : 1)
