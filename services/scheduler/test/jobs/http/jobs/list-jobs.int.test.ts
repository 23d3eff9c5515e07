import t from 'tap'
import { makeJobApi } from '../../../support/job-api.ts'

interface Page {
  jobs: { id: string; [field: string]: unknown }[]
  nextCursor: string | null
  errors?: { pointer: string }[]
}

const { alice, bob, operator, nobody, store } = await makeJobApi(t)
const ids = ({ body }: { body: Page }) => body.jobs.map(({ id }) => id)

t.before(async () => {
  const error = `Error: ${'x'.repeat(1000)}`
  await store('a-1', { state: 'succeeded', result: '{"secret":1}', key: 'customer-7' })
  await store('a-2', { state: 'failed', reason: 'error', error })
  await store('a-3', { state: 'delayed', key: 'customer-7', group: 'g' })
  await store('b-1', { owner: 'bob', kind: 'resize' })
})

t.test('a list has the jobs of the requester, newest ids first, without data and results', async t => {
  const { status, body } = await alice<Page>('/jobs')
  t.equal(status, 200)
  t.match(body, { jobs: [{ id: 'a-3', state: 'waiting' }, { id: 'a-2' }, { id: 'a-1' }], nextCursor: null })
  for (const job of body.jobs) for (const field of ['data', 'result']) t.notOk(field in job)
  t.equal(String(body.jobs[1]?.error).length, 300, 'errors are cut')
  t.strictSame(ids(await bob<Page>('/jobs')), ['b-1'])
  t.strictSame(ids(await operator<Page>('/jobs')), ['b-1', 'a-3', 'a-2', 'a-1'])
  t.equal((await nobody('/jobs')).status, 403)
})

t.test('a list is limited by kind, state, key, group and text', async t => {
  const found = async (query: string) => ids(await operator<Page>(`/jobs?${query}`))
  t.strictSame(await found('kind=resize'), ['b-1'])
  t.strictSame(await found('state=waiting'), ['b-1', 'a-3'])
  t.strictSame(await found('key=customer-7'), ['a-3', 'a-1'])
  t.strictSame(await found('group=g&state=waiting'), ['a-3'])
  t.strictSame(await found('q=a-'), ['a-3', 'a-2', 'a-1'])
  t.strictSame(await found('q=error:%20xxx'), ['a-2'])
})

t.test('a list is limited by lane, schedule and time, and says why jobs wait when that is asked', async t => {
  const found = async (query: string) => ids(await operator<Page>(`/jobs?${query}`))
  t.strictSame(await found('lane=other'), [])
  t.strictSame(await found('lane=default&kind=resize'), ['b-1'])
  t.strictSame(await found('schedule=nightly'), [])
  t.strictSame(await found('from=2026-11-22T12:00:00.000Z'), ['b-1', 'a-3', 'a-2', 'a-1'])
  t.strictSame(await found('before=2026-11-22T12:00:00.000Z'), [])
  const { jobs } = (await operator<Page>('/jobs?why=true')).body
  const reasons = jobs.map(({ id, waiting }) => [id, (waiting as { reason: string } | undefined)?.reason])
  t.strictSame(reasons, [
    ['b-1', 'no-worker-on-lane'],
    ['a-3', 'no-worker-on-lane'],
    ['a-2', undefined],
    ['a-1', undefined],
  ])
})

t.test('a list counts the jobs of its query in each state when that is asked', async t => {
  const counts = async (query: string) => {
    const { body } = await operator<{ counts?: Record<string, { count: number }> }>(`/jobs?${query}`)
    return body.counts && Object.entries(body.counts).map(([state, { count }]) => `${state} ${count}`)
  }
  t.equal(await counts('state=waiting'), undefined)
  const none = ['sent 0', 'running 0', 'succeeded 0', 'failed 0', 'cancelled 0', 'expired 0']
  t.strictSame(await counts('counts=true&kind=resize&state=failed'), ['waiting 1', ...none])
  const all = await operator('/jobs?counts=true&limit=1')
  t.match(all.body, {
    jobs: { length: 1 },
    counts: { waiting: { count: 2, more: false }, failed: { count: 1 } },
  })
  t.match((await bob('/jobs?counts=true')).body, {
    counts: { waiting: { count: 1 }, succeeded: { count: 0 } },
  })
})

t.test('a list is read page by page', async t => {
  const first = await alice<Page>('/jobs?limit=2')
  t.strictSame(ids(first), ['a-3', 'a-2'])
  const next = await alice<Page>(`/jobs?limit=2&cursor=${first.body.nextCursor}`)
  t.strictSame(ids(next), ['a-1'])
  t.equal(next.body.nextCursor, null)
})

t.test('a query that means nothing is refused', async t => {
  for (const [query, pointer] of [
    ['cursor=x', '/querystring/cursor'],
    ['state=ready', '/querystring/state'],
    ['limit=201', '/querystring/limit'],
    ['q=', '/querystring/q'],
    ['sort=id', '/querystring/sort'],
    ['trace=x', '/querystring/trace/0'],
    [`trace=${'A'.repeat(32)}`, '/querystring/trace/0'],
    [Array.from({ length: 51 }, () => `trace=${'a'.repeat(32)}`).join('&'), '/querystring/trace'],
  ])
    t.match(await alice<Page>(`/jobs?${query}`), { status: 400, body: { errors: [{ pointer }] } }, `${query}`)
})

t.test('a list is limited to the jobs that were added in traces, and says in which each was', async t => {
  const [one = '', other = '', unknown = ''] = ['1', '2', '3'].map(digit => digit.repeat(32))
  const within = (trace: string) => ({ headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` } })
  const add = async (by: typeof alice, kind: string, trace: string) =>
    (await by<{ id: string }>('/jobs', { body: { kind }, ...within(trace) })).body.id
  const own = await add(alice, 'traced', one)
  const another = await add(alice, 'traced', other)
  const ofBob = await add(bob, 'traced', one)
  const found = async (by: typeof alice, query: string) => ids(await by<Page>(`/jobs?${query}`)).sort()
  t.strictSame(await found(alice, `trace=${one}`), [own])
  t.strictSame(await found(operator, `trace=${one}`), [own, ofBob].sort())
  t.strictSame(await found(alice, `trace=${one}&trace=${other}`), [own, another].sort())
  t.strictSame(await found(operator, `trace=${one}&state=waiting&kind=traced`), [own, ofBob].sort())
  t.strictSame(await found(operator, `trace=${one}&state=failed`), [])
  t.strictSame(await found(operator, `trace=${unknown}`), [])
  const counted = await operator(`/jobs?trace=${one}&counts=true&limit=1`)
  t.match(counted.body, { jobs: { length: 1 }, counts: { waiting: { count: 2 }, failed: { count: 0 } } })
  t.strictSame((await alice<Page>(`/jobs?trace=${one}`)).body.jobs[0]?.trace, one)
  t.match((await alice(`/jobs/${own}`)).body, { trace: one })
})

t.test('a job that was added without a trace context is found by the trace of its request', async t => {
  const { body } = await alice<{ id: string; trace: string }>('/jobs', { body: { kind: 'untraced' } })
  t.match(body.trace, /^[0-9a-f]{32}$/)
  t.strictSame(ids(await alice<Page>(`/jobs?trace=${body.trace}`)), [body.id])
})

t.test('a trace context from Kafka that has no trace is not shown as one', async t => {
  await store('a-odd', { traceparent: 'hello' })
  await store('a-none')
  for (const id of ['a-odd', 'a-none']) t.notOk('trace' in (await alice<object>(`/jobs/${id}`)).body)
})
