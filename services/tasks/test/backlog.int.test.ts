import { randomUUID } from 'node:crypto'
import type { EventMessage, TaskEvent } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import { startRelay } from '@daybook/shared/outbox'
import { commandsOf, makeStack, silent, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { openEventStore } from '../src/event-store.ts'
import { taskOutbox } from '../src/task-outbox.ts'
import { openTaskView } from '../src/view-store.ts'
import { after, complete, create, edit } from './support/given.ts'
import { storedEvents } from './support/tasks.ts'

const TASKS = 1000

/** The outbox of a store, whose Kafka keeps the ids that it is given, and the commands that it sends to MongoDB. */
async function setUp(t: Test) {
  const stack = await makeStack(t)
  const { db, sent } = await commandsOf(t, stack)
  const published: string[] = []
  const idOf = ({ headers }: OutgoingMessage) => (headers as EventMessage['headers']).ce_id ?? ''
  const kafka = {
    publish: async (_: string, messages: OutgoingMessage[]) => void published.push(...messages.map(idOf)),
  }
  const store = await openEventStore(db)
  const view = await openTaskView(db)
  const outbox = taskOutbox({ store, view, kafka })
  sent.length = 0
  return { stack, outbox, view, sent, published }
}

/** The histories of 1000 tasks, of three events each; the events of all tasks are stored side by side. */
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

test('a backlog is published in order and brought into the view, with a few commands for each page', async t => {
  const { stack, outbox, view, sent, published } = await setUp(t)
  const events = histories(t)
  await storedEvents(stack).insertMany(events.map(stored))
  const relay = startRelay(outbox, { log: silent, fail: error => t.fail(error.message) })
  t.teardown(() => relay.stop())
  await until('all is published', async () => {
    return (await storedEvents(stack).countDocuments({ published: false })) === 0
  })
  t.equal(published.length, events.length, 'each once')
  const byTask = Object.values(Object.groupBy(published, id => id.slice(0, id.indexOf(':')))) as string[][]
  t.ok(byTask.every(ids => ids.every((id, i) => id.endsWith(`:${i + 1}`))))
  const ids = [...new Set(events.map(({ subject }) => subject))]
  t.strictSame(new Set((await view.versions(ids)).values()), new Set([3]))
  t.equal((await view.versions(ids)).size, ids.length)
  t.match(await view.load(ids[0] as string), { name: 'Edited', status: 'completed' })
  // For a page: itself, what is ahead of it, the mark; the view's versions, what it lacks, the tasks, and their write.
  const pages = events.length / 1000
  t.ok(sent.length <= (pages + 1) * 10, `${sent.length} commands for ${pages} pages`)
})

test('where the view is not behind, a page is read with two commands', async t => {
  const { stack, outbox, sent } = await setUp(t)
  const events = histories(t)
  await storedEvents(stack).insertMany(events.map(stored))
  await outbox.leftBehind(0, events.length)
  sent.length = 0
  t.equal((await outbox.leftBehind(0, 100)).length, 100)
  t.strictSame(sent, ['find', 'find'])
})

test('of a task whose events lie pages apart, the first go out first, whatever the clocks of those who stored them', async t => {
  const { stack, outbox, published } = await setUp(t)
  const events = histories(t).filter((event, _, [first]) => event.subject === first?.subject)
  // Stored by processes whose clocks differ: the last event seems to be the oldest.
  const times = ['2026-11-22T12:00:00.000Z', '2026-11-22T11:00:00.000Z', '2026-11-22T10:00:00.000Z']
  const skewed = events.map((event, i) => ({ ...event, time: times[i] as string }))
  await storedEvents(stack).insertMany(skewed.map(stored))
  const page = await outbox.leftBehind(0, 1)
  t.match(page, [{ data: { sequence: 3 } }])
  await outbox.publish(page)
  await outbox.markPublished(page)
  t.strictSame(
    published,
    events.map(({ id }) => id),
  )
  t.strictSame(await outbox.leftBehind(0, 10), [], 'all are marked')
})
