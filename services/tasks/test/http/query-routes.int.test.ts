import { client, token, until, watchTopic } from '@daybook/shared/testing'
import { t, test } from 'tap'
import {
  type Ask,
  as,
  complete,
  type List,
  startTasks,
  storedEvents,
  type TaskJson,
  write,
} from '../support/tasks.ts'

const { url, stack } = await startTasks(t)
let users = 0

/** A new user with tasks of these names, created in this order. */
async function someone(names: string[], task: (name: string) => Partial<TaskJson> = () => ({})) {
  users += 1
  const ask = await as(url, `user ${users}`)
  const ids = new Map<string, string>()
  for (const name of names) ids.set(name, (await write(ask, { name, ...task(name) })).id)
  return { ask, id: (name: string) => ids.get(name) ?? '' }
}

const listed = async (ask: Ask, query = '') =>
  (await ask<List>(`/tasks${query}`)).body.tasks.map(({ name }) => name)

test('the list contains only your own tasks and starts empty', async t => {
  const { ask } = await someone([])
  await someone(['not yours'])
  t.strictSame((await ask<List>('/tasks')).body, { tasks: [], nextCursor: null })
})

test('the newest task comes first, or with sort=-updatedAt the newest change', async t => {
  const { ask, id } = await someone(['a', 'b', 'c'])
  t.strictSame(await listed(ask), ['c', 'b', 'a'])
  await complete(ask, id('a'))
  t.strictSame(await listed(ask), ['c', 'b', 'a'])
  t.strictSame(await listed(ask, '?sort=-createdAt'), ['c', 'b', 'a'])
  t.strictSame(await listed(ask, '?sort=-updatedAt'), ['a', 'c', 'b'])
})

test('pages contain every task exactly once', async t => {
  const names = Array.from({ length: 7 }, (_, i) => `task ${i}`)
  const { ask } = await someone(names)
  const seen: string[] = []
  let pages = 0
  for (let cursor: string | null = ''; cursor !== null; pages += 1) {
    const { body }: { body: List } = await ask<List>(`/tasks?limit=3${cursor && `&cursor=${cursor}`}`)
    seen.push(...body.tasks.map(({ name }) => name))
    cursor = body.nextCursor
  }
  t.strictSame(seen, names.toReversed())
  t.equal(pages, 3)
})

test("only an admin lists and searches another user's tasks", async t => {
  const { ask } = await someone(['Water the plants', 'Sweep'])
  const query = `?user=user%20${users}&q=water`
  const admin = client(url, await token('operator', { admin: true }))
  t.strictSame(await listed(admin, query), ['Water the plants'])
  t.strictSame(await listed(ask, query), ['Water the plants'])
  const { ask: other } = await someone([])
  t.equal((await other(`/tasks${query}`)).status, 403)
})

test('only an admin lists and searches the tasks of all users, newest first', async t => {
  const { ask } = await someone(['Feed the heron', 'Sweep'])
  const { ask: other } = await someone(['feed THE HERON too'])
  const admin = client(url, await token('operator', { admin: true }))
  const query = '?allUsers=true&q=the%20heron'
  const { tasks, nextCursor } = (await admin<List>(`/tasks${query}&limit=1`)).body
  t.match(tasks, [{ name: 'feed THE HERON too', userId: `user ${users}` }])
  t.strictSame(await listed(admin, `${query}&cursor=${nextCursor}`), ['Feed the heron'])
  t.strictSame(await listed(admin, '?q=heron'), [], 'without allUsers only own tasks')
  for (const one of [ask, other]) t.equal((await one(`/tasks${query}`)).status, 403)
  for (const [wrong, pointer] of [
    [`user=user%20${users}`, 'user'],
    ['sort=-updatedAt', 'sort'],
  ] as const) {
    const answer = await admin(`/tasks${query}&${wrong}`)
    t.match(answer, { status: 400, body: { errors: [{ pointer: `/querystring/${pointer}` }] } }, wrong)
  }
})

test('deleted tasks are listed apart: your own, and for an admin those of others too', async t => {
  const { ask, id } = await someone(['Old kite', 'old boat', 'old house'])
  const { ask: other } = await someone([])
  for (const name of ['Old kite', 'old boat']) await ask(`/tasks/${id(name)}`, { method: 'DELETE' })
  const listed = async (by: Ask, query = '') => {
    const { body } = await by<List>(`/tasks/deleted?q=OLD&limit=1${query}`)
    return { names: body.tasks.map(({ name }) => name), next: body.nextCursor }
  }
  const { names, next } = await listed(ask)
  t.strictSame(names, ['old boat'])
  t.strictSame(await listed(ask, `&cursor=${next}`), { names: ['Old kite'], next: null })
  t.strictSame(await listed(other), { names: [], next: null })
  const admin = client(url, await token('operator', { admin: true }))
  t.strictSame((await listed(admin, `&user=user%20${users - 1}`)).names, ['old boat'])
  t.strictSame((await listed(admin, '&allUsers=true')).names, ['old boat'])
  t.equal((await other(`/tasks/deleted?user=user%20${users - 1}`)).status, 403)
  t.equal((await admin(`/tasks/deleted?allUsers=true&user=x`)).status, 400)
  await ask(`/tasks/${id('old boat')}/restore`, { method: 'POST' })
  t.strictSame((await listed(ask)).names, ['Old kite'])
})

test('a full last page has no next page', async t => {
  const { ask } = await someone(['a', 'b'])
  t.equal((await ask<List>('/tasks?limit=2')).body.nextCursor, null)
})

test('all tasks that changed in the same millisecond are on some page', async t => {
  const { ask } = await someone([])
  await Promise.all(Array.from({ length: 30 }, (_, i) => write(ask, { name: `${i}` })))
  const seen = new Set<string>()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const { body }: { body: List } = await ask<List>(`/tasks?limit=1${cursor && `&cursor=${cursor}`}`)
    for (const { id } of body.tasks) seen.add(id)
    cursor = body.nextCursor
  }
  t.equal(seen.size, 30)
})

test('the list can be filtered by status and never contains deleted tasks', async t => {
  const { ask, id } = await someone(['open', 'done', 'gone'])
  await complete(ask, id('done'))
  await ask(`/tasks/${id('gone')}`, { method: 'DELETE' })
  t.strictSame(await listed(ask), ['done', 'open'])
  t.strictSame(await listed(ask, '?status=open'), ['open'])
  t.strictSame(await listed(ask, '?status=completed'), ['done'])
  t.match(await ask('/tasks?status=deleted'), { status: 400 })
})

test('the list can be filtered by tag, by due date and by text', async t => {
  const due: Record<string, string | null> = {
    'Buy (milk)': '2026-12-01',
    'buy bread': '2026-12-02',
    read: null,
  }
  const { ask } = await someone(Object.keys(due), name => ({
    dueOn: due[name] ?? null,
    tags: name === 'read' ? ['quiet', '買'] : ['shop'],
  }))
  t.strictSame(await listed(ask, '?tag=shop'), ['buy bread', 'Buy (milk)'])
  t.strictSame(await listed(ask, `?tag=${encodeURIComponent('買')}`), ['read'])
  t.strictSame(await listed(ask, '?tag=sho'), [])
  t.strictSame(await listed(ask, `?tag=quiet&tag=${encodeURIComponent('買')}`), ['read'])
  t.strictSame(await listed(ask, '?tag=quiet&tag=shop'), [])
  t.strictSame(await listed(ask, '?dueOn=2026-12-02'), ['buy bread'])
  t.strictSame(await listed(ask, '?dueAfter=2026-12-01'), ['buy bread'])
  t.strictSame(await listed(ask, '?dueBefore=2026-12-02'), ['Buy (milk)'])
  t.strictSame(await listed(ask, '?q=BUY'), ['buy bread', 'Buy (milk)'])
  t.strictSame(await listed(ask, `?q=${encodeURIComponent('(milk)')}`), ['Buy (milk)'], 'text, no pattern')
  t.strictSame(await listed(ask, '?q=.'), [])
  t.strictSame(await listed(ask, '?tag=shop&q=bread&status=open'), ['buy bread'])
})

test('a search finds a name whatever its Unicode form and case, also after an edit', async t => {
  const { ask, id } = await someone(['Große STRASSE', 'İstanbul', 'ΟΔΟΣ', 'cafe\u0301'])
  const found = (q: string) => listed(ask, `?q=${encodeURIComponent(q)}`)
  t.strictSame(await found('straße'), ['Große STRASSE'])
  t.strictSame(await found('GROSSE'), ['Große STRASSE'])
  t.strictSame(await found('istanbul'), ['İstanbul'])
  t.strictSame(await found('οδος'), ['ΟΔΟΣ'])
  t.strictSame(await found('CAF\u00c9'), ['cafe\u0301'])
  t.strictSame(await found('cafe'), [], 'accents count')
  await ask(`/tasks/${id('ΟΔΟΣ')}`, { method: 'PATCH', body: { name: 'ﬁle' } })
  t.strictSame(await found('οδος'), [])
  t.strictSame(await found('FILE'), ['ﬁle'])
})

test('completed tasks can be listed by the day of their completion', async t => {
  const { ask, id } = await someone(['open', 'done'])
  const { body } = await complete(ask, id('done'))
  const today = body.completedAt?.slice(0, 10) ?? ''
  t.strictSame(await listed(ask, '?completedAfter=2026-01-01&completedBefore=9999-12-31'), ['done'])
  t.strictSame(await listed(ask, `?completedAfter=${today}`), [])
})

test('a wrong query is refused with a pointer to the parameter', async t => {
  const { ask } = await someone([])
  for (const [query, pointer] of [
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=x', 'limit'],
    ['cursor=x', 'cursor'],
    ['dueBefore=tomorrow', 'dueBefore'],
    ['moon=full', 'moon'],
    ['dueOn=a', 'dueOn'],
    ['dueBefore=2026-12-01&dueBefore=2026-12-02', 'dueBefore'],
  ] as const) {
    const answer = await ask(`/tasks?${query}`)
    t.match(answer, { status: 400, body: { errors: [{ pointer: `/querystring/${pointer}` }] } }, query)
  }
})

test('If-None-Match answers 304 while the task is the same', async t => {
  const { ask, id } = await someone(['a'])
  const get = (tag: string) => ask(`/tasks/${id('a')}`, { headers: { 'if-none-match': tag } })
  const same = await get('"1"')
  t.match(
    { status: same.status, body: same.body, etag: same.headers.get('etag') },
    { status: 304, body: '', etag: '"1"' },
  )
  t.equal((await get('W/"1"')).status, 304)
  t.equal((await get('"2"')).status, 200)
  await complete(ask, id('a'))
  t.equal((await get('"1"')).status, 200)
})

test('If-None-Match answers 304 while the list is the same', async t => {
  const { ask, id } = await someone(['a', 'b'])
  const get = (tag: string, query = '') => ask(`/tasks${query}`, { headers: { 'if-none-match': tag } })
  const etag = (await ask('/tasks')).headers.get('etag') ?? ''
  const same = await get(etag)
  t.match(
    { status: same.status, body: same.body, etag: same.headers.get('etag') },
    { status: 304, body: '', etag },
  )
  t.equal((await get(`W/${etag}`)).status, 304)
  t.equal((await get(etag, '?limit=1')).status, 200)
  await complete(ask, id('a'))
  t.equal((await get(etag)).status, 200)
})

test('the history contains each event as it was published', async t => {
  const { ask, id } = await someone(['a'])
  await complete(ask, id('a'))
  const { body } = await ask<{ events: object[] }>(`/tasks/${id('a')}/events`)
  t.match(body.events, [
    { id: `${id('a')}:1`, type: 'TaskCreated', time: /Z$/, data: { name: 'a', sequence: 1 } },
    {
      id: `${id('a')}:2`,
      type: 'TaskCompleted',
      data: { timeZone: 'UTC', day: /^\d{4}-\d\d-\d\d$/, sequence: 2 },
    },
  ])
})

test('the history of a task says what each request caused, and where it was published', async t => {
  const { ask, id } = await someone(['a'])
  const other = await someone(['b'])
  const admin = client(url, await token('operator', { admin: true }))
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01` }
  const many = Array.from({ length: 30 }, () => other.ask('/tasks', { body: { name: 'c' } }))
  await Promise.all([ask(`/tasks/${id('a')}/complete`, { method: 'POST', headers }), ...many])
  await other.ask(`/tasks/${other.id('b')}/complete`, { method: 'POST', headers })
  const history = (by: Ask, query = '') => by<Steps>(`/tasks/${id('a')}/history${query}`)
  const steps = await until('both events have their places', async () => {
    const found = (await history(ask)).body.steps
    return found.every(({ offset }) => offset !== null) ? found : undefined
  })
  t.match(steps, [
    { type: 'TaskCreated', sequence: 1, published: true },
    { type: 'TaskCompleted', sequence: 2, published: true, trace, day: /^\d{4}-/, timeZone: 'UTC' },
  ])
  const seen = await watchTopic(t, stack, 'daybook.tasks')
  const onTopic = await until('both events are on the topic', () => {
    const found = seen.filter(({ headers: { ce_subject } }) => ce_subject === id('a'))
    return found.length === 2 ? found : undefined
  })
  t.strictSame(
    steps.map(({ partition, offset }) => [partition, offset]),
    onTopic.map(({ partition, offset }) => [partition, offset]),
  )
  t.match((await history(ask, '?after=1&limit=1')).body, { steps: [{ sequence: 2 }], nextAfter: 2 })
  t.equal((await history(admin)).status, 200)
  t.equal((await history(other.ask)).status, 404)

  const ofTrace = async (by: Ask) =>
    (await by<Steps>(`/tasks/traces/${trace}`)).body.steps.map(step => step.id)
  t.strictSame(await ofTrace(ask), [`${id('a')}:2`])
  t.strictSame(await ofTrace(admin), [`${id('a')}:2`, `${other.id('b')}:2`])
  t.strictSame(await ofTrace(other.ask), [`${other.id('b')}:2`])
  t.equal((await ask(`/tasks/traces/${trace.toUpperCase()}`)).status, 400)

  // As an earlier version stored a published event.
  await storedEvents(stack).updateOne(
    { _id: `${id('a')}:2` },
    { $set: { published: true }, $unset: { place: '', note: '' } },
  )
  const [, old] = (await history(ask)).body.steps
  t.match(old, { published: true, partition: null, offset: null, publishedAt: null })

  const rates = () => admin<{ series: { events: number[]; published: number[] } }>('/rates?minutes=2')
  await until('what was stored and published is counted', async () => {
    const { events, published } = (await rates()).body.series
    const sum = (counts: number[]) => counts.reduce((a, b) => a + b, 0)
    return sum(events) >= 34 && sum(published) >= 34
  })
  t.strictSame((await admin<{ alarms: unknown[] }>('/alarms')).body.alarms, [])
  for (const path of ['/rates', '/alarms']) t.equal((await ask(path)).status, 403, path)
})

interface Steps {
  steps: { id: string; type: string; sequence: number; partition: number | null; offset: string | null }[]
  nextAfter: number | null
}
