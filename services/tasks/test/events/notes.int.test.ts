import type { EventMessage, TaskEvent } from '@daybook/shared/events'
import type { OutgoingMessage } from '@daybook/shared/kafka'
import { makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import type { Note } from '../../src/events/event-model.ts'
import { openEventStore } from '../../src/events/event-store.ts'
import { openHistory } from '../../src/events/history-store.ts'
import { taskOutbox } from '../../src/events/task-outbox.ts'
import type { Waiting } from '../../src/events/waiting.ts'
import { openTaskView } from '../../src/view/view-store.ts'
import { after, complete, create, edit } from '../support/given.ts'
import { storedEvents } from '../support/tasks.ts'

/** An outbox that records the ids of published events, with what one process stores and another one leaves behind. */
async function setUp(t: Test) {
  const stack = await makeStack(t)
  const published: string[] = []
  const kafka = {
    async publish(_: string, messages: OutgoingMessage[]) {
      published.push(...messages.map(({ headers }) => (headers as EventMessage['headers']).ce_id ?? ''))
      return { appendedAt: undefined }
    },
  }
  const store = await openEventStore(stack.db)
  const view = await openTaskView(stack.db)
  const outbox = taskOutbox({ store, view, kafka })
  const notes = stack.db.collection<Note>('events')
  /** Publishes everything that waits, as a sweep does. */
  const sweep = async () => {
    const left = await outbox.leftBehind(-1000, 1000)
    if (left.length > 0) await publish(left)
  }
  const publish = async (waiting: Waiting[]) => {
    await outbox.publish(waiting)
    await outbox.markPublished(waiting)
  }
  const countNotes = () => notes.countDocuments({ _id: /^note:/ })
  return { stack, store, view, outbox, published, notes, countNotes, sweep, publish }
}

/** The events of three commands on each of some tasks, by task. */
function histories(t: Test, tasks: number): [TaskEvent, TaskEvent, TaskEvent][] {
  const commands = [
    create(),
    edit('2026-11-22T09:00:00Z', { name: 'Edited' }),
    complete('2026-11-22T10:00:00Z'),
  ]
  const { events } = after(t, commands)
  return Array.from({ length: tasks }, (_, i) => {
    const taskId = `019ab0c0-0000-7000-8000-${String(i).padStart(12, '0')}`
    return events.map(event => {
      const id = `${taskId}:${event.data.sequence}`
      return { ...event, id, subject: taskId, data: { ...event.data, taskId } }
    }) as [TaskEvent, TaskEvent, TaskEvent]
  })
}

const accepted = (stored: (Waiting | undefined)[]) => stored.filter(one => one !== undefined)

test('a group of events has one note, which goes when they are published', async t => {
  const { stack, store, published, countNotes, publish, sweep } = await setUp(t)
  const events = histories(t, 40).map(([created]) => created)
  const stored = accepted(await store.append(events))
  t.equal(await countNotes(), 1)
  t.equal(await storedEvents(stack).countDocuments({ published: false }), 1, 'the note is the only mark')
  await publish(stored)
  t.strictSame(
    published,
    events.map(({ id }) => id),
  )
  t.equal(await storedEvents(stack).countDocuments({}), 40)
  await sweep()
  t.equal(published.length, 40, 'a sweep finds nothing')
})

test('the note stays while only a part of the group is published', async t => {
  const { store, published, countNotes, publish, sweep } = await setUp(t)
  const stored = accepted(await store.append(histories(t, 10).map(([created]) => created)))
  await publish(stored.slice(0, 9))
  t.equal(await countNotes(), 1)
  await sweep()
  t.equal(new Set(published).size, 10)
  t.equal(await countNotes(), 0)
})

test('events of a process that ended are published in order, and the view is updated', async t => {
  const { store, view, published, countNotes, sweep } = await setUp(t)
  const all = histories(t, 30)
  for (const i of [0, 1, 2] as const) await store.append(all.map(history => history[i]))
  await sweep()
  t.equal(published.length, 90)
  for (const history of all) {
    const ids = history.map(({ id }) => id)
    t.strictSame(
      published.filter(id => ids.includes(id)),
      ids,
    )
  }
  const taskIds = all.map(([{ subject }]) => subject)
  t.strictSame(new Set((await view.versions(taskIds)).values()), new Set([3]))
  t.equal(await countNotes(), 0)
})

test('a conflict in a group does not stop the others', async t => {
  const { store, published, countNotes, publish } = await setUp(t)
  const events = histories(t, 9).map(([created]) => created)
  const [first, fifth, last] = [events[0], events[4], events[8]] as [TaskEvent, TaskEvent, TaskEvent]
  for (const event of [first, fifth, last]) await publish(accepted(await store.append([event])))
  published.length = 0
  const stored = await store.append(events)
  t.strictSame(
    stored.map(one => one === undefined),
    [true, false, false, false, true, false, false, false, true],
  )
  await publish(accepted(stored))
  t.equal(published.length, 6)
  t.equal(await countNotes(), 0)
  t.strictSame(await store.append(events), Array(9).fill(undefined))
  t.equal(await countNotes(), 0, 'a group without an event has no note')
})

test('an event is published after the events of its task that wait under the note of another process', async t => {
  const { store, published, countNotes, publish, sweep } = await setUp(t)
  const [one = [], other = []] = histories(t, 2) as TaskEvent[][]
  await store.append([one[0], other[0]] as TaskEvent[])
  await store.append([one[1], other[1]] as TaskEvent[])
  await publish(accepted(await store.append([one[2] as TaskEvent])))
  t.strictSame(
    published,
    one.map(({ id }) => id),
  )
  t.equal(await countNotes(), 2, 'the notes also name events that still wait')
  await sweep()
  t.equal(new Set(published).size, 5)
})

test('events that become visible after their note are published too', async t => {
  const { stack, store, published, notes, countNotes, sweep } = await setUp(t)
  const [one, two] = histories(t, 2).map(([created]) => created) as [TaskEvent, TaskEvent]
  await store.append([one, two])
  // As if the insert of the second event were still in progress.
  const late = await storedEvents(stack).findOneAndDelete({ _id: two.id })
  await sweep()
  t.strictSame(published, [one.id])
  t.match(await notes.findOne({ _id: /^note:/ }), { events: [two.id] })
  t.strictSame(await store.waitingUpTo([one.id]), [])
  t.match(await openHistory(stack.db).ofTask(one.data.taskId, [1]), [{ isPublished: true }])
  await sweep()
  t.strictSame(published, [one.id], 'what is published is not published again')
  await storedEvents(stack).insertOne(late as NonNullable<typeof late>)
  await sweep()
  t.strictSame(published, [one.id, two.id])
  t.equal(await countNotes(), 0)
})

test('an event that never becomes visible is given up after an hour', async t => {
  const { stack, store, notes, countNotes, sweep } = await setUp(t)
  const [one, two] = histories(t, 2).map(([created]) => created) as [TaskEvent, TaskEvent]
  await store.append([one, two])
  await storedEvents(stack).deleteMany({ _id: { $in: [one.id, two.id] } })
  await sweep()
  t.equal(await countNotes(), 1)
  await notes.updateOne({ _id: /^note:/ }, { $set: { until: new Date(Date.now() - 1) } })
  await sweep()
  t.equal(await countNotes(), 0)
})

test('an operator can have events published again', async t => {
  const { stack, store, published, publish, sweep } = await setUp(t)
  await publish(accepted(await store.append(histories(t, 3).map(([created]) => created))))
  await storedEvents(stack).updateMany({}, { $set: { published: false } })
  await sweep()
  t.equal(published.length, 6)
  await sweep()
  t.equal(published.length, 6)
})
