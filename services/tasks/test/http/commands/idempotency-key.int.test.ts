import { createHash } from 'node:crypto'
import { t, test } from 'tap'
import type { CreationKey } from '../../../src/commands/key-model.ts'
import { as, complete, historyOf, type List, startTasks, type TaskJson } from '../../support/tasks.ts'

const { url, stack } = await startTasks(t)
const alice = await as(url, 'alice')
const body = { name: 'Buy milk', tags: ['home'] }
const create = (key: string, ask = alice, task: object = body) =>
  ask<TaskJson>('/tasks', { body: task, headers: { 'idempotency-key': key } })

test('50 simultaneous requests with one key create one task and get 50 equal answers', async t => {
  const carol = await as(url, 'carol')
  const answers = await Promise.all(Array.from({ length: 50 }, () => create('order-17', carol)))
  const [first] = answers
  for (const { status, body, headers } of answers) {
    t.equal(status, 201)
    t.equal(headers.get('location'), `/tasks/${first?.body.id}`)
    t.strictSame(body, first?.body)
  }
  t.equal((await carol<List>('/tasks')).body.tasks.length, 1)
  t.strictSame(await historyOf(carol, first?.body.id ?? ''), ['TaskCreated'])
})

test('a repeat is answered with the task as it was created', async t => {
  const first = await create('order-18')
  await complete(alice, first.body.id)
  const repeat = await create('order-18', alice, { tags: ['home'], name: 'Buy milk', notes: null })
  t.match(repeat, { status: 201, body: first.body })
  await alice(`/tasks/${first.body.id}`, { method: 'DELETE' })
  t.match(await create('order-18'), { status: 201, body: first.body })
})

test('a key with another body is refused, and nothing is created', async t => {
  await create('order-19')
  const { tasks } = (await alice<List>('/tasks')).body
  const type = 'urn:daybook:error:DAYBOOK_IDEMPOTENCY_KEY_REUSED'
  t.match(await create('order-19', alice, { name: 'Buy bread' }), { status: 422, body: { type } })
  t.strictSame((await alice<List>('/tasks')).body.tasks, tasks)
})

test('the keys of two users are independent', async t => {
  const bob = await as(url, 'bob')
  const [hers, his] = [await create('order-20'), await create('order-20', bob)]
  t.match(his, { status: 201, body: { userId: 'bob' } })
  t.not(his.body.id, hers.body.id)
})

test('a key whose process ended before it stored the event creates the reserved task', async t => {
  const sha256 = (parts: unknown[]) => createHash('sha256').update(JSON.stringify(parts)).digest('hex')
  const taskId = '019ab0c0-0000-7000-8000-000000000021'
  const content = sha256(['Buy milk', null, null, ['home']])
  const key = { _id: sha256(['alice', 'order-21']), content, taskId, at: new Date() }
  await stack.db.collection<CreationKey>('idempotency_keys').insertOne(key)
  t.match(await create('order-21'), { status: 201, body: { id: taskId, name: 'Buy milk' } })
})

test('a key that is no visible text is refused', async t => {
  for (const key of ['', 'x'.repeat(256), 'é'])
    t.match(await create(key), { status: 400 }, JSON.stringify(key))
})
