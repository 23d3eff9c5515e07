import { client, token, until, watchTopic } from '@daybook/shared/testing'
import { mongo } from 'mongoose'
import { t, test } from 'tap'
import type { Static } from 'typebox'
import type { ErasureBody } from '../../src/http/erasure-routes.ts'
import { type Ask, as, complete, holding, reopen, startTasks, storedEvents, write } from '../support/tasks.ts'

type ErasureJson = Static<typeof ErasureBody>

// In mixed case: the view has the folded name as well.
const marker = 'Zebra'
const { stack, url } = await startTasks(t)
const admin = client(url, await token('root', { admin: true }))
const seen = await watchTopic(t, stack, 'daybook.tasks')

const texts = { name: `${marker} name`, notes: `${marker} notes`, tags: [`${marker} tag`] }
const eraseMe = (ask: Ask, prefer = 'wait') =>
  ask<ErasureJson>('/users/me', { method: 'DELETE', headers: { prefer } })

/** A user with an open, a completed, an edited and a deleted task. */
async function writeTasks(ask: Ask): Promise<string[]> {
  const ids = await Promise.all([1, 2, 3, 4].map(async () => (await write(ask, texts)).id))
  const [, completed = '', edited = '', deleted = ''] = ids
  await complete(ask, completed)
  const changes = { name: `${marker} changed`, notes: `${marker} more`, tags: [`${marker} other`] }
  await ask(`/tasks/${edited}`, { method: 'PATCH', body: changes })
  await complete(ask, edited)
  await reopen(ask, edited)
  await ask(`/tasks/${deleted}`, { method: 'DELETE' })
  return ids
}

test("an erasure removes a user's text and keeps the events, and later tasks keep their text", async t => {
  const [alice, bob] = [await as(url, 'alice'), await as(url, 'bob')]
  const ids = await writeTasks(alice)
  const { body: other } = { body: await write(bob, { name: 'giraffe' }) }
  const before = await storedEvents(stack).find({ 'data.userId': 'alice' }).sort({ _id: 1 }).toArray()
  t.ok((await holding(stack, marker)).length > 0)
  const { status, headers, body } = await eraseMe(alice)
  t.equal(status, 200)
  t.match(body, { userId: 'alice', state: 'done', tasks: 4, events: before.length + 4 })
  t.match((await alice(headers.get('location') ?? '')).body, body)
  t.strictSame(await holding(stack, marker), [])
  t.equal((await holding(stack, 'giraffe')).length, 2)
  t.match((await bob(`/tasks/${other.id}`)).body, { name: 'giraffe' })

  const after = await storedEvents(stack).find({ 'data.userId': 'alice' }).sort({ _id: 1 }).toArray()
  const shape = ({ _id, type, time, subject, data }: (typeof after)[number]) => {
    const { completedAt, day, createdAt } = data as unknown as Partial<Record<string, string>>
    return { _id, type, time, subject, completedAt, day, createdAt }
  }
  const kept = after.filter(({ data }) => !('erased' in data))
  t.strictSame(kept.map(shape), before.map(shape), 'all else of the events stays')
  t.equal(after.length, before.length + 4, 'each task has one more event')

  for (const id of ids) {
    t.equal((await alice(`/tasks/${id}`)).status, 404)
    t.notMatch(JSON.stringify((await alice(`/tasks/${id}/events`)).body), marker)
  }
  const later = await write(alice, { name: 'okapi' })
  t.match((await alice<{ tasks: object[] }>('/tasks')).body.tasks, [{ id: later.id, name: 'okapi' }])
  t.equal((await complete(alice, later.id)).status, 200)

  await until('UserErased is published', () =>
    seen.some(({ headers: { ce_type } }) => ce_type === 'UserErased'),
  )
  const types = seen.filter(({ key }) => key === 'alice').map(({ headers: { ce_type } }) => ce_type)
  const at = seen.findIndex(({ headers: { ce_type } }) => ce_type === 'UserErased')
  t.match(seen[at], { key: 'alice', headers: { ce_subject: 'alice' }, value: { userId: 'alice', tasks: 4 } })
  const following = seen.slice(at).filter(({ value }) => ids.includes(String(value.taskId)))
  t.strictSame(following, [], 'no event of an erased task follows')
  t.ok(types.filter(type => type === 'TaskDeleted').length >= 5)
})

test('an erasure may be repeated, and one of a user without tasks is done at once', async t => {
  const carol = await as(url, 'carol')
  await writeTasks(carol)
  const [first, second] = await Promise.all([eraseMe(carol), eraseMe(carol)])
  t.match([first.body.tasks, second.body.tasks], [4, 4])
  t.match((await eraseMe(carol)).body, { state: 'done', tasks: 4 })
  t.equal(await storedEvents(stack).countDocuments({ 'data.userId': 'carol', 'data.erased': true }), 4)
  t.match((await eraseMe(await as(url, 'nobody'))).body, { state: 'done', tasks: 0, events: 0 })
})

test('only an admin may erase another user or read the erasure of another user', async t => {
  const [dave, eve] = [await as(url, 'dave'), await as(url, 'eve')]
  const { id } = await write(dave, texts)
  t.match(await eve('/users/dave', { method: 'DELETE' }), {
    status: 403,
    body: { type: 'urn:daybook:error:DAYBOOK_AUTH_FORBIDDEN' },
  })
  t.equal((await dave(`/tasks/${id}`)).status, 200)
  const options = { method: 'DELETE', headers: { prefer: 'wait' } }
  const { status, headers, body } = await admin<ErasureJson>('/users/dave', options)
  t.match([status, body.state, body.userId], [200, 'done', 'dave'])
  const path = headers.get('location') ?? ''
  t.equal((await dave(path)).status, 200)
  t.match(await eve(path), { status: 404, body: { type: 'urn:daybook:error:DAYBOOK_ERASURE_NOT_FOUND' } })
  t.equal((await dave(`/tasks/${id}`)).status, 404)
  t.equal((await dave('/users/dave', options)).status, 200, 'a user may name themselves')
})

test('a request that does not wait gets 202 and a path', async t => {
  const frank = await as(url, 'frank')
  await write(frank, texts)
  const { status, headers, body } = await frank<ErasureJson>('/users/me', { method: 'DELETE' })
  t.equal(status, 202)
  t.match(headers.get('location'), `/erasures/${body.id}`)
  await write(frank, { name: 'written after the answer' })
  const path = headers.get('location') ?? ''
  const done = await frank<ErasureJson>(path, { headers: { prefer: 'wait' } })
  t.match(done.body, { state: 'done', tasks: 1 })
  t.match((await frank<{ tasks: object[] }>('/tasks')).body.tasks, [{ name: 'written after the answer' }])
})

test('the text of a dead letter of the user is erased, and the letter stays', async t => {
  const heidi = await as(url, 'heidi')
  const { id } = await write(heidi, { ...texts, name: 'quokka' })
  const record = await until('it is published', () => seen.find(({ headers }) => headers.ce_id === `${id}:1`))
  const letters = stack.db.collection<Letter>('dead_letters')
  const bytes = (text: string) => new mongo.Binary(Buffer.from(text))
  const headers = Object.entries(record.headers).map(([name, text]) => [bytes(name), bytes(text)])
  const value = bytes(JSON.stringify(record.value))
  const about = {
    topic: 'daybook.tasks',
    group: 'tasks-state',
    error: { message: 'quokka', stack: 'quokka' },
  }
  await letters.insertOne({ _id: 'letter', key: bytes('heidi'), headers, value, ...about })
  await eraseMe(heidi)
  const letter = await letters.findOne({ _id: 'letter' })
  const data = JSON.parse(String(Buffer.from(letter?.value.buffer ?? [])))
  t.match(data, { ...(record.value as object), name: '(erased)', notes: null, tags: [] })
  t.equal(letter?.error.message, '(erased)')
  t.notOk(Buffer.from(mongo.BSON.serialize(letter ?? {})).includes('quokka'))
})

interface Letter {
  _id: string
  topic: string
  group: string
  key: mongo.Binary
  headers: unknown
  value: mongo.Binary
  error: { message: string; stack: string | null }
}
