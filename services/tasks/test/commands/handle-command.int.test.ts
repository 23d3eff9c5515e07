import type { TaskEvent } from '@daybook/shared/events'
import { startService, until, watchTopic } from '@daybook/shared/testing'
import { t, test } from 'tap'
import {
  as,
  complete,
  historyOf,
  reopen,
  startTasks,
  storedEvents,
  type TaskJson,
  write,
} from '../support/tasks.ts'

const { stack, url } = await startTasks(t)
const second = await startService(t, 'tasks', stack.env)
const alice = await as(url, 'alice')
const aliceElsewhere = await as(second.url, 'alice')

const upTo = (count: number) => Array.from({ length: count }, (_, i) => i)

test('fifty simultaneous completions store one event and get the same answer', async t => {
  const { id } = await write(alice)
  const answers = await Promise.all(upTo(50).map(() => complete(alice, id)))
  t.strictSame([...new Set(answers.map(({ status }) => status))], [200])
  t.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  t.strictSame(await historyOf(alice, id), ['TaskCreated', 'TaskCompleted'])
})

test('simultaneous completions through two processes store one event', async t => {
  const { id } = await write(alice)
  const answers = await Promise.all(upTo(50).map(i => complete(i % 2 ? alice : aliceElsewhere, id)))
  t.equal(new Set(answers.map(({ body }) => JSON.stringify(body))).size, 1)
  t.strictSame(await historyOf(alice, id), ['TaskCreated', 'TaskCompleted'])
})

test('simultaneous edits through two processes are all stored, one after the other', async t => {
  const { id } = await write(alice)
  const edits = upTo(40).map(i =>
    (i % 2 ? alice : aliceElsewhere)<TaskJson>(`/tasks/${id}`, {
      method: 'PATCH',
      body: { name: `edit ${i}` },
    }),
  )
  const answers = await Promise.all(edits)
  t.strictSame(new Set(answers.map(({ body }) => body.version)), new Set(upTo(40).map(i => i + 2)))
  const last = answers.find(({ body }) => body.version === 41)
  for (const ask of [alice, aliceElsewhere]) t.strictSame((await ask(`/tasks/${id}`)).body, last?.body)
})

test('one of several simultaneous edits with the same If-Match succeeds', async t => {
  const { id } = await write(alice)
  const edits = upTo(20).map(i =>
    (i % 2 ? alice : aliceElsewhere)(`/tasks/${id}`, {
      method: 'PATCH',
      body: { name: `edit ${i}` },
      headers: { 'if-match': '"1"' },
    }),
  )
  const statuses = (await Promise.all(edits)).map(({ status }) => status)
  t.strictSame(statuses.sort(), [200, ...Array(19).fill(412)])
})

test('every command in a burst of many users is answered, and every event is stored and published', async t => {
  const users = await Promise.all(upTo(20).map(i => as(i % 2 ? url : second.url, `burst ${i}`)))
  const tasks = await Promise.all(users.flatMap(ask => upTo(10).map(() => write(ask))))
  t.equal(new Set(tasks.map(({ id }) => id)).size, 200)
  await until('all events are published', async () => {
    const left = await storedEvents(stack).countDocuments({ published: false })
    return left === 0
  })
  t.equal(await storedEvents(stack).countDocuments({ 'data.userId': /^burst/ }), 200)
})

test("a task's events reach the topic in order, whichever process stored them", async t => {
  const { id } = await write(alice)
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  for (const i of upTo(20)) {
    const ask = i % 2 ? alice : aliceElsewhere
    await (i % 4 < 2 ? complete(ask, id) : reopen(ask, id))
  }
  // Repeated completions and repeated reopenings store no event.
  await Promise.all(upTo(30).map(i => (i % 2 ? complete(alice, id) : reopen(aliceElsewhere, id))))
  const expected = (await historyOf(alice, id)).map((_, i) => `${id}:${i + 1}`)
  t.ok(expected.length > 10)
  const firsts = () => [
    ...new Set(seen.map(({ headers }) => headers.ce_id).filter(event => event?.startsWith(id))),
  ]
  await until('all events are on the topic', () => firsts().length === expected.length)
  t.strictSame(firsts(), expected)
})

test('a completion of an earlier version is reopened under the current name of its time zone', async t => {
  const inIndia = await as(url, 'asha', { zone: 'Asia/Kolkata' })
  const views = stack.db.collection<{ _id: string; completion: { timeZone: string } }>('tasks')
  const older = 'Asia/Calcutta'
  for (const isInView of [true, false]) {
    const { id } = await write(inIndia)
    await complete(inIndia, id)
    const stored = { 'data.timeZone': older } as object
    await storedEvents(stack).updateOne({ _id: `${id}:2` }, { $set: stored })
    if (isInView) await views.updateOne({ _id: id }, { $set: { 'completion.timeZone': older } })
    else await views.deleteOne({ _id: id })
    t.equal((await reopen(inIndia, id)).status, 200)
    const { body } = await inIndia<{ events: TaskEvent[] }>(`/tasks/${id}/events`)
    t.match(body.events.at(-1), { type: 'TaskReopened', data: { timeZone: 'Asia/Kolkata', takenBack: true } })
    t.match(body.events.at(-2), { type: 'TaskCompleted', data: { timeZone: older } }, 'events never change')
  }
})
