import { taskStates } from '@daybook/shared/events'
import { until, watchTopic } from '@daybook/shared/testing'
import { validatorOf } from '@daybook/shared/validation/ajv'
import { test } from 'tap'
import { compactedStates, tasksOfView } from '../support/states.ts'
import { type Ask, as, complete, startTasks, write } from '../support/tasks.ts'

const remove = (ask: Ask, id: string) => ask(`/tasks/${id}`, { method: 'DELETE' })

test('each change of a task publishes its state, and its deletion a tombstone', async t => {
  const { stack, url } = await startTasks(t)
  const records = await watchTopic(t, stack, 'daybook.tasks.state')
  const ask = await as(url, 'alice')
  const task = await write(ask, { name: 'Water the plants', tags: ['home'] })
  const other = await write(ask)
  const stateOf = (id: string, version: number) =>
    until(`version ${version} of ${id} is published`, () =>
      records.find(({ key, headers }) => key === id && headers.version === String(version)),
    )
  const created = await stateOf(task.id, 1)
  const { completedAt, ...fields } = task
  t.strictSame(created.value, { ...fields, userId: 'alice', completion: completedAt })
  t.match(created.headers, {
    'content-type': 'application/json',
    ce_id: `state:${task.id}:1`,
    ce_type: 'TaskState',
    ce_time: task.createdAt,
    ce_dataschema: 'urn:daybook:schema:TaskState:1',
    version: '1',
  })
  await complete(ask, task.id)
  const { value: completed } = await stateOf(task.id, 2)
  t.match(completed, { status: 'completed', completion: { timeZone: 'UTC' } })
  const faultsOf = validatorOf(taskStates.TaskState)
  for (const state of [created.value, completed]) t.strictSame(faultsOf(state), [])
  await remove(ask, task.id)
  t.strictSame((await stateOf(task.id, 3)).value, null)
  await stateOf(other.id, 1)
  t.strictSame(compactedStates(records), await tasksOfView(stack))
})
