import { rawRequest, sendRaw, token } from '@daybook/shared/testing'
import { t, test } from 'tap'
import {
  as,
  complete,
  historyOf,
  type List,
  type ProblemJson,
  reopen,
  startTasks,
  type TaskJson,
  write,
} from '../../support/tasks.ts'

const { url } = await startTasks(t)
const alice = await as(url, 'alice', { zone: 'Asia/Kolkata' })
const bob = await as(url, 'bob')
const nowhere = '/tasks/019ab0c0-0000-7000-8000-000000000000'

test('the creation of a task answers with its location, its ETag and all fields', async t => {
  const body = { name: 'Buy milk', notes: 'two', dueOn: '2026-12-01', tags: ['home', 'shop'] }
  const answer = await alice<TaskJson>('/tasks', { body })
  t.equal(answer.status, 201)
  t.equal(answer.headers.get('location'), `/tasks/${answer.body.id}`)
  t.equal(answer.headers.get('etag'), '"1"')
  t.match(answer.body, { ...body, userId: 'alice', status: 'open', completedAt: null, version: 1 })
  t.match(answer.body.id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/)
  t.equal(answer.body.createdAt, answer.body.updatedAt)
  t.strictSame((await alice(`/tasks/${answer.body.id}`)).body, answer.body)
})

test('a task needs no more than a name', async t => {
  const { notes, dueOn, tags } = await write(alice)
  t.strictSame({ notes, dueOn, tags }, { notes: null, dueOn: null, tags: [] })
})

test('the refusal of a new task points to all faults', async t => {
  const body = { notes: 7, dueOn: '2026-02-30', tags: ['a', 'a'], moon: 'full' }
  const answer = await alice<ProblemJson>('/tasks', { body })
  t.equal(answer.status, 400)
  t.strictSame(answer.body.errors?.map(({ pointer }) => pointer).sort(), [
    '/dueOn',
    '/moon',
    '/name',
    '/notes',
    '/tags',
  ])
})

test('an edit changes the given fields, and null removes a value', async t => {
  const task = await write(alice, { notes: 'two', dueOn: '2026-12-01', tags: ['home'] })
  const patch = (body: object) => alice<TaskJson>(`/tasks/${task.id}`, { method: 'PATCH', body })
  const answer = await patch({ name: 'Buy oat milk', notes: null })
  t.equal(answer.status, 200)
  t.equal(answer.headers.get('etag'), '"2"')
  t.match(answer.body, { name: 'Buy oat milk', notes: null, dueOn: '2026-12-01', tags: ['home'], version: 2 })
  const { tags, dueOn, version } = (await patch({ tags: null, dueOn: null })).body
  t.strictSame({ tags, dueOn, version }, { tags: [], dueOn: null, version: 3 })
  t.match(await patch({}), { status: 200, body: { version: 3 } })
  t.match(await patch({ name: null }), { status: 400 })
  t.match(await patch({ status: 'completed' }), { status: 400 })
})

test('an edit is accepted as application/merge-patch+json', async t => {
  const { id } = await write(alice)
  const headers = { 'content-type': 'application/merge-patch+json' }
  const answer = await alice<TaskJson>(`/tasks/${id}`, { method: 'PATCH', body: { name: 'Merged' }, headers })
  t.match(answer, { status: 200, body: { name: 'Merged' } })
  const text = { 'content-type': 'text/plain' }
  t.match(await alice(`/tasks/${id}`, { method: 'PATCH', body: { name: 'x' }, headers: text }), {
    status: 415,
  })
})

test('a repeated completion gets the same answer as the first', async t => {
  const { id } = await write(alice)
  const first = await complete(alice, id)
  t.match(first, { status: 200, body: { status: 'completed', version: 2, completedAt: /Z$/ } })
  t.equal(first.headers.get('etag'), '"2"')
  t.strictSame((await complete(alice, id)).body, first.body)
  t.strictSame(await historyOf(alice, id), ['TaskCreated', 'TaskCompleted'])
})

test('a reopening opens the task, and a repetition changes nothing', async t => {
  const { id } = await write(alice)
  await complete(alice, id)
  const first = await reopen(alice, id)
  t.match(first, { status: 200, body: { status: 'open', completedAt: null, version: 3 } })
  t.strictSame((await reopen(alice, id)).body, first.body)
  t.strictSame(await historyOf(alice, id), ['TaskCreated', 'TaskCompleted', 'TaskReopened'])
})

test('a completed task is not edited until it is reopened', async t => {
  const { id } = await write(alice)
  await complete(alice, id)
  const edit = () => alice<ProblemJson>(`/tasks/${id}`, { method: 'PATCH', body: { name: 'Later' } })
  t.match(await edit(), { status: 409, body: { type: 'urn:daybook:error:DAYBOOK_TASK_COMPLETED' } })
  await reopen(alice, id)
  t.match(await edit(), { status: 200 })
})

test('only the history of a deleted task can be read', async t => {
  const { id } = await write(alice)
  const answer = await alice(`/tasks/${id}`, { method: 'DELETE' })
  t.equal(answer.status, 204)
  t.equal(answer.body, '')
  t.match(await alice(`/tasks/${id}`), { status: 404 })
  t.match(await alice(`/tasks/${id}`, { method: 'DELETE' }), { status: 404 })
  t.match(await complete(alice, id), { status: 404 })
  t.strictSame(await historyOf(alice, id), ['TaskCreated', 'TaskDeleted'])
})

test('a deleted task is restored by the ETag of its deletion, with its completion', async t => {
  const { id } = await write(alice, { notes: 'two' })
  const { body: completed } = await complete(alice, id)
  const deleted = await alice(`/tasks/${id}`, { method: 'DELETE' })
  t.equal(deleted.headers.get('etag'), '"3"')
  const restore = (tag: string) =>
    alice<TaskJson>(`/tasks/${id}/restore`, { method: 'POST', headers: { 'if-match': tag } })
  t.match(await restore('"2"'), { status: 412, body: { type: 'urn:daybook:error:DAYBOOK_TASK_CHANGED' } })
  const restored = await restore('"3"')
  t.equal(restored.status, 200)
  t.equal(restored.headers.get('etag'), '"4"')
  t.strictSame(restored.body, { ...completed, updatedAt: restored.body.updatedAt, version: 4 })
  t.strictSame((await alice(`/tasks/${id}`)).body, restored.body)
  t.strictSame((await restore('*')).body, restored.body, 'a repetition changes nothing')
  t.strictSame(await historyOf(alice, id), ['TaskCreated', 'TaskCompleted', 'TaskDeleted', 'TaskRestored'])
})

test('a restored open task is in the list again, and can be completed', async t => {
  const { id } = await write(alice, { tags: ['restored'] })
  await alice(`/tasks/${id}`, { method: 'DELETE' })
  const listed = async () => (await alice<List>('/tasks?tag=restored')).body.tasks.map(task => task.id)
  t.strictSame(await listed(), [])
  t.match(await alice(`/tasks/${id}/restore`, { method: 'POST' }), { status: 200, body: { status: 'open' } })
  t.strictSame(await listed(), [id])
  t.match(await complete(alice, id), { status: 200, body: { version: 4 } })
})

test('If-Match is a list, also with empty elements, with commas in tags, or in several lines', async t => {
  const { id } = await write(alice)
  const authorization = `Authorization: Bearer ${await token('alice')}`
  for (const [lines, status] of [
    [['"1",'], 200],
    [[', "1"'], 200],
    [['"a,b"'], 412],
    [['"a,b", "1"'], 200],
    [['"2"', '"1"'], 200],
    [['W/"1"'], 412],
    [['"1"', '*'], 400],
    [['"1'], 400],
    [[','], 400],
  ] as const) {
    const headers = [authorization, ...lines.map(tags => `If-Match: ${tags}`)]
    // Reopening an open task changes nothing, so its version stays.
    const answer = await sendRaw(url, rawRequest('POST', `/tasks/${id}/reopen`, headers))
    t.equal(answer.status, status, lines.join(' and '))
  }
})

test('a command with If-Match succeeds only at that version', async t => {
  const { id } = await write(alice)
  const edit = (tag: string, name: string) =>
    alice<TaskJson>(`/tasks/${id}`, { method: 'PATCH', body: { name }, headers: { 'if-match': tag } })
  t.match(await edit('"1"', 'second'), { status: 200 })
  t.match(await edit('"1"', 'third'), {
    status: 412,
    body: { type: 'urn:daybook:error:DAYBOOK_TASK_CHANGED' },
  })
  t.match(await edit('"7", "2"', 'third'), { status: 200 })
  t.match(await edit('*', 'fourth'), { status: 200, body: { version: 4 } })
  for (const method of ['DELETE', 'POST'] as const) {
    const path = method === 'POST' ? `/tasks/${id}/complete` : `/tasks/${id}`
    t.match(await alice(path, { method, headers: { 'if-match': '"1"' } }), { status: 412 })
  }
})

test('the task of another user gets the same answer as a missing task', async t => {
  const { id } = await write(alice)
  const asked = async (path: string) => {
    const answers = [
      await bob<ProblemJson>(path),
      await bob<ProblemJson>(`${path}/events`),
      await bob<ProblemJson>(path, { method: 'PATCH', body: { name: 'mine' } }),
      await bob<ProblemJson>(`${path}/complete`, { method: 'POST' }),
      await bob<ProblemJson>(`${path}/reopen`, { method: 'POST' }),
      await bob<ProblemJson>(`${path}/restore`, { method: 'POST' }),
      await bob<ProblemJson>(path, { method: 'DELETE', headers: { 'if-match': '"9"' } }),
    ]
    const taskOfPath = path.replace('/tasks/', '')
    return answers.map(({ status, body }) => JSON.stringify([status, body]).replaceAll(taskOfPath, 'id'))
  }
  const theirs = await asked(`/tasks/${id}`)
  t.strictSame(theirs, await asked(nowhere))
  for (const answer of theirs) t.match(answer, 'DAYBOOK_TASK_NOT_FOUND')
  t.match((await alice<TaskJson>(`/tasks/${id}`)).body, { version: 1 })
})

test('a malformed id is refused with 400', async t => {
  t.match(await alice('/tasks/1'), { status: 400, body: { errors: [{ pointer: '/params/id' }] } })
})

test('a task needs a token', async t => {
  const answer = await fetch(`${url}/tasks`, { method: 'POST' })
  t.equal(answer.status, 401)
})
