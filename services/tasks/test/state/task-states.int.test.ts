import { isDeepStrictEqual } from 'node:util'
import { taskStates } from '@daybook/shared/events'
import { makeStack, seededRandom, startService, until, watchTopic } from '@daybook/shared/testing'
import { validatorOf } from '@daybook/shared/validation/ajv'
import { test } from 'tap'
import { compactedStates, knownStates, tasksOfView } from '../support/states.ts'
import { type Ask, as, complete, reopen, startTasks, storedEvents, write } from '../support/tasks.ts'

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

test('after kills of two processes, a consumer of the states alone knows exactly the tasks of the view', async t => {
  const stack = await makeStack(t)
  const random = seededRandom(t)
  const pick = <T>(from: T[]) => from[random(from.length)] as T
  let services = await Promise.all([1, 2].map(() => startService(t, 'tasks', stack.env)))
  const records = await watchTopic(t, stack, 'daybook.tasks.state')
  const first = await as(services[0]?.url ?? '', 'alice')
  const ids = (await Promise.all(Array.from({ length: 40 }, () => write(first)))).map(({ id }) => id)

  for (let round = 0; round < 3; round += 1) {
    const asks = await Promise.all(services.map(({ url }) => as(url, 'alice')))
    const change = () => {
      const draw = random(100)
      return (draw < 10 ? remove : draw < 60 ? complete : reopen)(pick(asks), pick(ids))
    }
    const before = records.length
    const changes = Array.from({ length: 300 }, async () => change())
    // Some of the states of these changes are published, others are not.
    await until('states are published', () => records.length > before)
    const killed = services[round % 2]
    killed?.process.kill('SIGKILL')
    await Promise.allSettled(changes)
    await killed?.gone
    const fresh = await startService(t, 'tasks', stack.env)
    services = services.map(service => (service === killed ? fresh : service))
  }

  const events = await storedEvents(stack)
    .find({ type: { $exists: true } })
    .toArray()
  const versions = new Map<string, number>()
  for (const { data } of events)
    versions.set(data.taskId, Math.max(data.sequence, versions.get(data.taskId) ?? 0))
  await until('the view agrees with the events', async () => {
    const found = await stack.db.collection('tasks').find().toArray()
    return found.every(({ _id, version }) => versions.get(String(_id)) === version)
  })
  const expected = await tasksOfView(stack)
  await until('the states that Kafka keeps are the tasks of the view', () =>
    isDeepStrictEqual(compactedStates(records), expected),
  )
  const known = [...knownStates(records)].filter(([, state]) => state !== null)
  t.equal(known.length, expected.length)
  t.ok(expected.length < ids.length, 'some tasks are deleted')
})
