import { isDeepStrictEqual } from 'node:util'
import type { TaskEvent } from '@daybook/shared/events'
import { type Stack, until, watchTopic } from '@daybook/shared/testing'
import type { Test } from 'tap'
import { historiesOf } from '../../../../test/support/history.ts'
import { evolve, type Task } from '../../src/task.ts'
import type { TaskDocument } from '../../src/view/task-model.ts'
import type { Said } from './many-clients.ts'
import { compactedStates, tasksOfView } from './states.ts'
import { storedEvents } from './tasks.ts'

/** The states of each task by version: the task after its first event, its second, … */
type States = Map<string, Task[]>

/**
 * Asserts at the end of a fault test that the event store, the view, daybook.tasks and daybook.tasks.state agree, and that they contain
 * what every answer with 2xx said. It waits for what is published after the answers.
 */
export async function tasksAgree(t: Test, stack: Stack, said: Said[]): Promise<void> {
  const stored = await storedEvents(stack)
    .find({ type: { $exists: true } })
    .toArray()
  const states = statesOf(t, stored as unknown as TaskEvent[])
  const missing = said.filter(({ id, version, status }) => states.get(id)?.[version - 1]?.status !== status)
  t.strictSame(missing.slice(0, 5), [], `the events have what ${said.length} answers said`)

  const records = await watchTopic(t, stack, 'daybook.tasks')
  await until('all stored events are published', () => {
    return new Set(records.map(({ headers }) => headers.ce_id)).size >= stored.length
  })
  const { histories, faults } = historiesOf(records)
  t.strictSame(
    faults.slice(0, 5),
    [],
    'each event is published with its id and key, in the order of its task',
  )
  const differing = stored.filter(({ type, data }) => {
    const published = histories.get(data.taskId)?.get(data.sequence)
    return !isDeepStrictEqual(published, { type, data })
  })
  t.strictSame(differing.slice(0, 5), [], `the ${stored.length} stored events are those on Kafka`)
  const published = new Set(records.map(({ headers }) => headers.ce_id))
  t.equal(published.size, stored.length, 'nothing else is published')

  await viewAgrees(t, stack, states)
  const expected = await tasksOfView(stack)
  const ofStates = await watchTopic(t, stack, 'daybook.tasks.state')
  await until('daybook.tasks.state ends with the states of the view', () =>
    isDeepStrictEqual(compactedStates(ofStates), expected),
  )
}

/** Applies the events of each task, and asserts that each has its id and that each task's sequences have no gaps. */
function statesOf(t: Test, stored: (TaskEvent & { _id?: string })[]): States {
  const states: States = new Map()
  const faults: string[] = []
  for (const event of stored.sort((a, b) => a.data.sequence - b.data.sequence)) {
    const { taskId, sequence } = event.data
    const before = states.get(taskId) ?? []
    states.set(taskId, before)
    if (event._id !== `${taskId}:${sequence}` || sequence !== before.length + 1)
      faults.push(`${event._id} has the sequence ${sequence} after ${before.length} events`)
    before.push(evolve(before.at(-1), event))
  }
  t.strictSame(faults.slice(0, 5), [], 'each event is stored once, and no sequence is missing')
  return states
}

async function viewAgrees(t: Test, { db }: Stack, states: States): Promise<void> {
  const expected = new Map([...states].map(([id, all]) => [id, all.at(-1)]))
  const differing = async () => {
    const found = await db.collection<TaskDocument>('tasks').find().toArray()
    return found.filter(({ _id, changedAt, searchName, ...task }) => {
      return !isDeepStrictEqual({ id: _id, ...task }, expected.get(_id))
    })
  }
  await until('the view is up to date', async () => (await differing()).length === 0).catch(() => undefined)
  t.strictSame((await differing()).slice(0, 5), [], 'the view has the last state of each task')
  t.equal(await db.collection('tasks').countDocuments(), states.size, 'the view has each task')
}
