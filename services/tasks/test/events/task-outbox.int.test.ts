import { eventReader, type TaskEvent, taskEvents } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import { makeStack, received, startService, until, watchTopic } from '@daybook/shared/testing'
import { test } from 'tap'
import { openEventStore } from '../../src/events/event-store.ts'
import { taskOutbox } from '../../src/events/task-outbox.ts'
import type { TaskView } from '../../src/view/view-store.ts'
import { after, complete as completion, create, edit, taskId } from '../support/given.ts'
import { as, complete, reopen, startTasks, storedEvents, type TaskJson, write } from '../support/tasks.ts'

const stored = ({ id, ...event }: TaskEvent) => ({ _id: id, ...event, published: false })

test('each event on the topic is a CloudEvent with its user as the key', async t => {
  const { stack, url } = await startTasks(t)
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  const ask = await as(url, 'zoë', { zone: 'Asia/Kolkata' })
  const trace = '0af7651916cd43dd8448eb211c80319c'
  const headers = { traceparent: `00-${trace}-b7ad6b7169203331-01` }
  const { id } = await write(ask, { name: 'Buy milk 🥛' })
  await ask(`/tasks/${id}/complete`, { method: 'POST', headers })
  await reopen(ask, id)
  await ask(`/tasks/${id}`, { method: 'PATCH', body: { dueOn: '2026-12-01' } })
  await ask(`/tasks/${id}`, { method: 'DELETE' })
  await until('five events are on the topic', () => seen.length >= 5)

  t.match(seen[1], {
    key: 'zoë',
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: `${id}:2`,
      ce_type: 'TaskCompleted',
      ce_source: '/daybook/tasks',
      ce_subject: id,
      ce_dataschema: 'urn:daybook:schema:TaskCompleted:1',
      traceparent: new RegExp(`^00-${trace}-`),
    },
    value: { taskId: id, userId: 'zoë', sequence: 2, name: 'Buy milk 🥛', timeZone: 'Asia/Kolkata' },
  })
  t.equal(seen[1]?.headers.ce_time, seen[1]?.value.completedAt)
  t.strictSame(
    seen.map(({ headers }) => headers.ce_type),
    ['TaskCreated', 'TaskCompleted', 'TaskReopened', 'TaskEdited', 'TaskDeleted'],
  )
  t.equal(new Set(seen.map(({ partition }) => partition)).size, 1)
  const read = eventReader<TaskEvent>(taskEvents)
  for (const { key, headers, value } of seen) {
    t.equal(
      read(received({ key, headers, value: JSON.stringify(value) })).status,
      'event',
      `${headers.ce_type}`,
    )
  }
})

test('events that were stored before a crash are published at the next start, and the view is updated', async t => {
  const stack = await makeStack(t)
  const commands = [
    create(),
    edit('2026-11-22T09:00:00Z', { name: 'Water all' }),
    completion('2026-11-22T10:00:00Z'),
  ]
  const { events } = after(t, commands)
  await storedEvents(stack).insertMany(events.map(stored))
  const { url } = await startService(t, 'tasks', stack.env)
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  await until('the events are on the topic', () => seen.length >= 3)
  t.strictSame(
    seen.map(({ headers }) => headers.ce_id),
    [1, 2, 3].map(n => `${taskId}:${n}`),
  )

  const alice = await as(url, 'alice')
  t.match((await alice<TaskJson>(`/tasks/${taskId}`)).body, {
    name: 'Water all',
    status: 'completed',
    version: 3,
  })
  t.match((await alice('/tasks')).body, { tasks: [{ id: taskId, version: 3 }] })
  await until(
    'all events are marked as published',
    async () => (await storedEvents(stack).countDocuments({ published: false })) === 0,
  )
})

test('a running process publishes the events that another process left behind', async t => {
  const { stack, url } = await startTasks(t)
  const { events } = after(t, [create(), completion('2026-11-22T10:00:00Z')])
  await storedEvents(stack).insertMany(events.map(stored))
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  await until('the events are on the topic', () => seen.length >= 2)
  const alice = await as(url, 'alice')
  t.match((await alice<TaskJson>(`/tasks/${taskId}`)).body, { status: 'completed', version: 2 })
})

test('an event is published after the earlier unpublished events of its task', async t => {
  const { stack, url } = await startTasks(t)
  const alice = await as(url, 'alice')
  const { id } = await write(alice)
  await until(
    'the event is published',
    async () => (await storedEvents(stack).countDocuments({ published: true })) === 1,
  )
  // Imitates another process that crashes before it publishes the event and before it writes the view.
  const command = { ...edit('2026-11-22T09:00:00Z', { name: 'Edited' }), taskId: id }
  const { events } = after(t, [{ ...create(), taskId: id }, command])
  await storedEvents(stack).insertMany(events.slice(1).map(stored))
  t.match(await complete(alice, id), { status: 200, body: { version: 3, name: 'Edited' } })
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  await until(
    'the events are on the topic',
    () => new Set(seen.map(({ headers }) => headers.ce_id)).size === 3,
  )
  t.strictSame(
    [...new Set(seen.map(({ headers }) => headers.ce_id))],
    [1, 2, 3].map(n => `${id}:${n}`),
  )
  await until('the last event is marked as published', () =>
    storedEvents(stack)
      .findOne({ _id: `${id}:3`, published: true })
      .then(Boolean),
  )
  t.equal(
    await storedEvents(stack).countDocuments({ published: false }),
    0,
    'the earlier events are marked as published',
  )
})

test('one publish sends the events of a task in their order, whatever order they were offered in', async t => {
  const stack = await makeStack(t)
  const store = await openEventStore(stack.db)
  const { events } = after(t, [
    create(),
    edit('2026-11-22T09:00:00Z', { name: 'Water all' }),
    completion('2026-11-22T10:00:00Z'),
  ])
  await storedEvents(stack).insertMany(events.map(stored))
  const sent: unknown[] = []
  const publish = async (_topic: string, messages: OutgoingMessage[]) => {
    sent.push(...messages.map(({ value }) => JSON.parse(String(value)).sequence))
    return { appendedAt: undefined }
  }
  const outbox = taskOutbox({ store, view: {} as TaskView, kafka: { publish } })
  // A group stores event 2, and a command that is handled alone offers event 3 first.
  await outbox.publish(
    events
      .slice(1)
      .map(event => ({ event }))
      .toReversed(),
  )
  t.strictSame(sent, [1, 2, 3])
})

test('a command succeeds when a crash left the view out of date', async t => {
  const { stack, url } = await startTasks(t)
  const ask = await as(url, 'alice')
  const { id } = await write(ask)
  // Another process stores the completion and crashes before it writes the view. The event is too young for a sweep.
  const young = { ...completion(new Date().toISOString()), taskId: id }
  const { events } = after(t, [{ ...create(), taskId: id }, young])
  await storedEvents(stack).insertMany(events.slice(1).map(stored))
  t.match(await reopen(ask, id), { status: 200, body: { status: 'open', version: 3 } })
})
