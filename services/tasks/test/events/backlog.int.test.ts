import { randomUUID } from 'node:crypto'
import type { EventMessage, TaskEvent } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import { startRelay } from '@daybook/shared/outbox'
import { commandsOf, makeStack, silent, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { openEventStore } from '../../src/events/event-store.ts'
import { taskOutbox } from '../../src/events/task-outbox.ts'
import { openTaskView } from '../../src/view/view-store.ts'
import { after, complete, create, edit } from '../support/given.ts'
import { storedEvents } from '../support/tasks.ts'

const TASKS = 1000

/** Opens an outbox that records the ids of published events and the commands to MongoDB. */
async function setUp(t: Test) {
  const stack = await makeStack(t)
  const { db, sent } = await commandsOf(t, stack)
  const published: string[] = []
  const idOf = ({ headers }: OutgoingMessage) => (headers as EventMessage['headers']).ce_id ?? ''
  const kafka = {
    async publish(_: string, messages: OutgoingMessage[]) {
      published.push(...messages.map(idOf))
      return { appendedAt: undefined }
    },
  }
  const store = await openEventStore(db)
  const view = await openTaskView(db)
  const outbox = taskOutbox({ store, view, kafka })
  sent.length = 0
  return { stack, outbox, view, sent, published }
}

/** The histories of 1000 tasks, with three events each: the first events of all tasks, then the second, then the third. */
function histories(t: Test): TaskEvent[] {
  const commands = [
    create(),
    edit('2026-11-22T09:00:00Z', { name: 'Edited' }),
    complete('2026-11-22T10:00:00Z'),
  ]
  const { events } = after(t, commands)
  const ids = Array.from({ length: TASKS }, () => randomUUID())
  return events.flatMap(event =>
    ids.map(taskId => ({
      ...event,
      id: `${taskId}:${event.data.sequence}`,
      subject: taskId,
      data: { ...event.data, taskId },
    })),
  ) as TaskEvent[]
}

const stored = ({ id, ...event }: TaskEvent) => ({ _id: id, ...event, published: false })

test('a backlog is published in order and applied to the view, with a few commands for each page', async t => {
  const { stack, outbox, view, sent, published } = await setUp(t)
  const events = histories(t)
  await storedEvents(stack).insertMany(events.map(stored))
  const relay = startRelay(outbox, { log: silent, fail: error => t.fail(error.message) })
  t.teardown(() => relay.stop())
  await until('all events are published', async () => {
    return (await storedEvents(stack).countDocuments({ published: false })) === 0
  })
  t.equal(published.length, events.length, 'each once')
  const byTask = Object.values(Object.groupBy(published, id => id.slice(0, id.indexOf(':')))) as string[][]
  t.ok(byTask.every(ids => ids.every((id, i) => id.endsWith(`:${i + 1}`))))
  const ids = [...new Set(events.map(({ subject }) => subject))]
  t.strictSame(new Set((await view.versions(ids)).values()), new Set([3]))
  t.equal((await view.versions(ids)).size, ids.length)
  t.match(await view.load(ids[0] as string), { name: 'Edited', status: 'completed' })
  // The commands for a page: read the page, the earlier events, the view's versions, the missing events and the tasks; mark
  // the events; write the tasks.
  const pages = events.length / 1000
  t.ok(sent.length <= (pages + 1) * 10, `${sent.length} commands for ${pages} pages`)
})

test('a page takes two commands when the view is up to date', async t => {
  const { stack, outbox, sent } = await setUp(t)
  const events = histories(t)
  await storedEvents(stack).insertMany(events.map(stored))
  await outbox.leftBehind(0, events.length)
  sent.length = 0
  t.equal((await outbox.leftBehind(0, 100)).length, 100)
  t.strictSame(sent, ['find', 'find'])
})

test('the events of a task are published in order when they are pages apart because of different clocks', async t => {
  const { stack, outbox, published } = await setUp(t)
  const events = histories(t).filter((event, _, [first]) => event.subject === first?.subject)
  // The clocks of the processes differ, so the last event has the earliest time.
  const times = ['2026-11-22T12:00:00.000Z', '2026-11-22T11:00:00.000Z', '2026-11-22T10:00:00.000Z']
  const skewed = events.map((event, i) => ({ ...event, time: times[i] as string }))
  await storedEvents(stack).insertMany(skewed.map(stored))
  const page = await outbox.leftBehind(0, 1)
  t.match(page, [{ event: { data: { sequence: 3 } } }])
  await outbox.publish(page)
  await outbox.markPublished(page)
  t.strictSame(
    published,
    events.map(({ id }) => id),
  )
  t.strictSame(await outbox.leftBehind(0, 10), [], 'all events are marked as published')
})
