import t from 'tap'
import { finalStates, type Job, openStates } from '../../../../src/jobs/stored/job.ts'
import { makeJobApi } from '../../../support/job-api.ts'
import { makeWorker } from '../../../support/job-workers.ts'

interface Body {
  state: string
  waiting?: { reason: string; detail: string; until?: string }
  attempts: Record<string, unknown>[]
  [field: string]: unknown
}

const WORKER = '3f0e2d9a-5f1b-4b7e-9a63-5f9b8a1c2d3e'
const minutes = (count: number) => new Date(Date.now() + count * 60_000)

const api = await makeJobApi(t, {
  kinds: { paused: { paused: true }, elsewhere: { lane: 'gpu' } },
  limitReason: async ({ name }) => (name === 'limited' ? 'rate' : undefined),
})
const { alice, bob, operator, nobody, base, store } = api

t.test('a job shows the state in which it is', async t => {
  const shown: Record<string, string> = { delayed: 'waiting', ready: 'waiting', held: 'waiting' }
  for (const state of [...openStates, ...finalStates]) {
    await store(`job-${state}`, { state })
    const { status, body } = await alice<Body>(`/jobs/job-${state}`)
    t.equal(status, 200)
    t.equal(body.state, shown[state] ?? state)
    t.equal(body.waiting !== undefined, state in shown, 'only a job that waits has a reason')
    t.equal('finishedAt' in body, (finalStates as readonly string[]).includes(state))
  }
})

t.test('a job shows its request, its attempts, its progress and how it ended', async t => {
  const at = new Date('2026-11-22T12:00:00.123Z')
  const then = { kind: 'next', data: { deep: [1, { a: null }] }, then: { kind: 'last' } }
  const past = { attempt: 1, worker: WORKER, startedAt: at, endedAt: at, outcome: 'failed' as const }
  const failure = { reason: 'error', error: 'Error: no route' }
  await store('told', {
    state: 'running',
    attempt: 2,
    failures: 1,
    worker: WORKER,
    sentAt: at,
    startedAt: at,
    key: 'customer-7',
    then: JSON.stringify(then),
    cause: '{"group":"g","counts":{"total":2,"succeeded":2,"failed":0,"cancelled":0,"expired":0}}',
    data: '{"invoice":4711,"__proto__":1}',
    progress: { done: 3, total: 10, note: 'third page', at },
    attempts: [{ ...past, ...failure }],
    cancelAskedAt: at,
  })
  const { body } = await alice<Body>('/jobs/told')
  const time = at.toISOString()
  t.match(body, { id: 'told', owner: 'alice', attempt: 2, failures: 1, key: 'customer-7', then })
  t.match(body, { progress: { done: 3, total: 10, note: 'third page', at: time }, cancelAskedAt: time })
  t.match(body.cause, { group: 'g', counts: { total: 2 } })
  t.match(JSON.stringify(body.data), '{"invoice":4711,"__proto__":1}')
  t.strictSame(body.attempts, [
    { ...past, startedAt: time, endedAt: time, ...failure },
    { attempt: 2, worker: WORKER, sentAt: time, startedAt: time },
  ])

  await store('succeeded', { state: 'succeeded', result: '{"sent":["a@example.org"]}' })
  t.strictSame((await alice<Body>('/jobs/succeeded')).body.result, { sent: ['a@example.org'] })
  await store('failed', { state: 'failed', ...failure })
  t.match((await alice<Body>('/jobs/failed')).body, failure)
})

t.test('a job that waits says why', async t => {
  const reasonOf = async (id: string, fields: Partial<Job>) => {
    await store(id, fields)
    return (await alice<Body>(`/jobs/${id}`)).body.waiting
  }
  t.match(await reasonOf('early', { kind: 'paused', state: 'delayed', dueAt: minutes(5) }), {
    reason: 'time',
    until: /Z$/,
  })
  const failed = { attempt: 1, endedAt: new Date(), outcome: 'failed' as const }
  t.match(await reasonOf('again', { state: 'delayed', dueAt: minutes(5), attempts: [failed] }), {
    reason: 'backoff',
    until: /Z$/,
  })
  t.match(await reasonOf('stopped', { kind: 'paused' }), { reason: 'paused' })
  t.match(await reasonOf('lonely', {}), { reason: 'no-worker-on-lane' })

  const kinds = ['send-invoice', 'limited', 'elsewhere']
  await base.workers.collection.insertOne(makeWorker(WORKER, { kinds }) as never)
  t.match(await reasonOf('gpu', { kind: 'elsewhere', lane: 'gpu' }), { reason: 'no-worker-on-lane' })
  t.match(await reasonOf('strange', { kind: 'strange' }), { reason: 'no-worker-knows-kind' })
  t.match(await reasonOf('limited', { kind: 'limited' }), { reason: 'rate' })
  t.match(await reasonOf('behind', { state: 'held', key: 'c', gate: 'key:send-invoice/c' }), {
    reason: 'key',
  })
  t.match(await reasonOf('next', { state: 'held', schedule: 's', gate: 'series:s' }), { reason: 'schedule' })
  t.match(await reasonOf('free', {}), { reason: 'free-worker' })
})

t.test('only workers that take attempts of the lane count', async t => {
  await store('counted')
  const stored = (fields: object) => makeWorker(WORKER, { kinds: ['send-invoice'], ...fields })
  const reason = async (fields: object) => {
    await base.workers.collection.replaceOne({ _id: WORKER } as never, stored(fields), { upsert: true })
    return (await alice<Body>('/jobs/counted')).body.waiting?.reason
  }
  t.equal(await reason({}), 'free-worker')
  t.equal(await reason({ state: 'quiet' }), 'no-worker-on-lane')
  t.equal(await reason({ lostAt: new Date() }), 'no-worker-on-lane')
  t.equal(await reason({ beatAt: minutes(-1) }), 'no-worker-on-lane', 'its lease has ended')
  t.equal(await reason({ lanes: [{ lane: 'default', partitions: [] }] }), 'no-worker-on-lane')
  t.equal(await reason({ lanes: [{ lane: 'default', partitions: [] }], via: 'http' }), 'free-worker')
})

t.test('a job that has not changed is not sent again', async t => {
  await store('same', { state: 'running', startedAt: new Date() })
  const first = await alice<Body>('/jobs/same')
  const etag = first.headers.get('etag') ?? ''
  const again = (tag: string) => alice<Body>('/jobs/same', { headers: { 'if-none-match': tag } })
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const answer = await again(tag)
    t.equal(answer.status, 304, tag)
    t.equal(answer.headers.get('etag'), etag)
    t.strictSame(answer.body, '')
  }
  t.equal((await again('"other"')).status, 200)
  await base.jobs.updateOne({ _id: 'same' }, { $set: { progress: { done: 1, total: 2, at: new Date() } } })
  const changed = await again(etag)
  t.equal(changed.status, 200)
  t.not(changed.headers.get('etag'), etag)
})

t.test('a job of somebody else is hidden, and an operator sees all', async t => {
  await store('hidden')
  for (const [path, method] of [
    ['/jobs/hidden', 'GET'],
    ['/jobs/hidden/cancel', 'POST'],
    ['/jobs/hidden/retry', 'POST'],
  ] as const) {
    const refusal = await bob<{ type: string }>(path, { method })
    t.match(refusal, { status: 404, body: { type: 'urn:daybook:error:DAYBOOK_JOB_NOT_FOUND' } }, path)
    t.equal((await nobody(path, { method })).status, 403)
    t.equal((await operator(path, { method })).status, 200)
  }
  t.equal((await alice('/jobs/unknown')).status, 404)
  t.equal((await alice('/jobs/-')).status, 400)
})

t.test('a request waits for the end of a job', async t => {
  await store('awaited', { state: 'running' })
  const timeOver = await alice<Body>('/jobs/awaited', { headers: { prefer: 'wait=0' } })
  t.match(timeOver, { status: 200, body: { state: 'running' } })
  t.equal(timeOver.headers.get('preference-applied'), 'wait=0')

  const waiting = alice<Body>('/jobs/awaited', { headers: { prefer: 'wait=60' } })
  await base.jobs.updateOne({ _id: 'awaited' }, { $set: { state: 'succeeded', result: '7' } })
  t.match(await waiting, { status: 200, body: { state: 'succeeded', result: 7 } })
  const ended = await alice<Body>('/jobs/awaited', { headers: { prefer: 'wait=60' } })
  t.match(ended, { status: 200, body: { result: 7 } })
})
