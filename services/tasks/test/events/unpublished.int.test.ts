import type { TaskEvent } from '@daybook/shared/events'
import { makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import type { Note } from '../../src/events/event-model.ts'
import { openEventStore } from '../../src/events/event-store.ts'
import type { Waiting } from '../../src/events/waiting.ts'
import { after, complete, create } from '../support/given.ts'
import { storedEvents } from '../support/tasks.ts'

const ENDED_AT = new Date('2026-11-23T00:00:00.000Z')
const BEFORE = '2026-11-22T23:59:59.999Z'

async function setUp(t: Test) {
  const stack = await makeStack(t)
  const store = await openEventStore(stack.db)
  const append = async (...events: TaskEvent[]) =>
    (await store.append(events)).filter(one => one !== undefined)
  const waits = () => store.hasUnpublished(ENDED_AT)
  return { stack, store, append, waits, notes: stack.db.collection<Note>('events') }
}

/** The completion of another task each, at these instants. */
function completions(t: Test, ...times: string[]): TaskEvent[] {
  return times.map((time, i) => {
    const taskId = `019ab0c0-0000-7000-8000-${String(i).padStart(12, '0')}`
    const event = after(t, [create(), complete(time)]).events[1] as TaskEvent
    return { ...event, id: `${taskId}:2`, subject: taskId, data: { ...event.data, taskId } } as TaskEvent
  })
}

test('the events of a note count, although the note is from after the instant', async t => {
  const { store, append, waits, notes } = await setUp(t)
  const stored = await append(...completions(t, ENDED_AT.toISOString(), BEFORE, ENDED_AT.toISOString()))
  t.ok(await waits())
  // A sweep has moved the note.
  await notes.updateOne({ _id: /^note:/ }, { $set: { time: new Date() } })
  t.ok(await waits())
  await store.markPublished(stored)
  t.notOk(await waits())
})

test('the events of a note that an earlier version stored count too', async t => {
  const { append, waits, notes } = await setUp(t)
  const withoutField = () => notes.updateMany({ _id: /^note:/ }, { $unset: { oldest: '' } })
  await append(...completions(t, ENDED_AT.toISOString(), ENDED_AT.toISOString()))
  await withoutField()
  t.notOk(await waits())
  await append(...completions(t, ENDED_AT.toISOString(), ENDED_AT.toISOString(), BEFORE, BEFORE).slice(2))
  await withoutField()
  t.ok(await waits())
})

test('an event that a note names counts only if it is stored and not published', async t => {
  const { stack, append, waits } = await setUp(t)
  const stored = (await append(...completions(t, BEFORE, BEFORE))) as [Waiting, Waiting]
  const [first, second] = stored.map(({ event }) => event.id)
  // A crash interrupted the insert, so the command of the second event was not answered.
  await storedEvents(stack).deleteOne({ _id: second as string })
  t.ok(await waits())
  await storedEvents(stack).updateOne({ _id: first as string }, { $set: { published: true } })
  t.notOk(await waits())
})
