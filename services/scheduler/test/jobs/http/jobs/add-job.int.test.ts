import { token, until } from '@daybook/shared/testing'
import t from 'tap'
import { makeJobApi } from '../../../support/job-api.ts'

interface Body {
  id: string
  state: string
  type: string
  errors?: { pointer: string; detail: string }[]
  [field: string]: unknown
}

const request = { kind: 'send-invoice', data: { invoice: 4711 }, key: 'customer-7' }

const { alice, bob, nobody, base, stored, url } = await makeJobApi(t)
const count = (kind: string) => base.jobs.countDocuments({ kind })

t.test('a job is stored before the answer, which says where it is', async t => {
  const { status, headers, body } = await alice<Body>('/jobs', { body: { ...request, priority: 1 } })
  t.equal(status, 202)
  t.match(body, {
    kind: 'send-invoice',
    data: request.data,
    key: 'customer-7',
    priority: 1,
    state: 'waiting',
  })
  t.equal(headers.get('location'), `/jobs/${body.id}`)
  t.notOk(headers.has('preference-applied'))
  t.match(await stored(body.id), { owner: 'alice', state: 'ready', data: '{"invoice":4711}' })
  t.equal((await alice(`/jobs/${body.id}`)).status, 200)
})

t.test('a key stands for one request of its requester', async t => {
  const request = { kind: 'keyed', data: 0 }
  const headers = { 'idempotency-key': 'order 4711' }
  const first = await alice<Body>('/jobs', { body: request, headers })
  const again = await alice<Body>('/jobs', { body: request, headers })
  t.equal(first.status, 202)
  t.equal(again.status, 200)
  t.equal(again.body.id, first.body.id)
  t.equal(again.headers.get('location'), first.headers.get('location'))
  const other = await alice<Body>('/jobs', { body: { ...request, data: 1 }, headers })
  t.match(other, { status: 409, body: { type: 'urn:daybook:error:DAYBOOK_JOB_CONFLICT' } })
  t.not((await bob<Body>('/jobs', { body: request, headers })).body.id, first.body.id)
  t.equal(await count('keyed'), 2)
})

t.test('the same key sent many times at once adds one job', async t => {
  const request = { kind: 'at-once' }
  const headers = { 'idempotency-key': 'at once' }
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => alice<Body>('/jobs', { body: request, headers })),
  )
  t.equal(new Set(answers.map(({ body }) => body.id)).size, 1)
  t.strictSame(answers.map(({ status }) => status).sort(), [...Array(19).fill(200), 202])
  t.equal(await count('at-once'), 1)
})

t.test('a request that cannot be a job says what to change', async t => {
  const pointers = async (body: unknown) => {
    const answer = await alice<Body>('/jobs', { body })
    t.equal(answer.status, 400)
    return answer.body.errors?.map(({ pointer }) => pointer)
  }
  const bytes = (count: number) => 'x'.repeat(count - 2)
  t.equal((await alice('/jobs', { body: { kind: 'a', data: bytes(65_536) } })).status, 202)
  t.strictSame(await pointers({ kind: 'a', data: bytes(65_537) }), ['/data'])
  t.strictSame(await pointers({ kind: 'A' }), ['/kind'])
  t.strictSame(await pointers({}), ['/kind'])
  t.strictSame(await pointers({ kind: 'a', at: '2026-11-22T12:00:00Z', in: 'PT1S' }), ['/in'])
  t.strictSame(await pointers({ kind: 'a', coalesce: {} }), ['/key'])
  t.strictSame(await pointers({ kind: 'a', in: 'P2Y' }), ['/in'])
  t.strictSame(await pointers({ kind: 'a', unknown: 1 }), ['/unknown'])
  t.equal((await alice('/jobs', { body: request, headers: { 'idempotency-key': ' ' } })).status, 400)
  t.equal((await nobody('/jobs', { body: request })).status, 403)
  t.equal(await count('a'), 1)
})

t.test('a body of every allowed size is read, with every character escaped', async t => {
  const bearer = await token('alice', { scope: 'jobs' })
  const send = (body: string) =>
    fetch(`${url}/jobs`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
    })
  const escaped = `{"kind":"b","data":"${'\\u0061'.repeat(65_534)}"}`
  t.equal((await send(escaped)).status, 202)
  const tooLong = await send(`{"kind":"a","data":"${'x'.repeat(2_200_000)}"}`)
  t.equal(tooLong.status, 413)
  t.match(await tooLong.json(), { detail: /2097152 bytes/ })
})

t.test('a request that prefers to wait gets the outcome', async t => {
  const waiting = alice<Body>('/jobs', { body: { kind: 'awaited' }, headers: { prefer: 'wait=60' } })
  const added = await until(
    'the job is stored',
    async () => (await base.jobs.findOne({ kind: 'awaited' }).lean()) ?? undefined,
  )
  const ended = { state: 'succeeded' as const, finishedAt: new Date(), result: '{"sent":true}' }
  await base.jobs.updateOne({ _id: added._id }, { $set: ended })
  const { status, headers, body } = await waiting
  t.equal(status, 200)
  t.match(body, { id: added._id, state: 'succeeded', result: { sent: true } })
  t.equal(headers.get('preference-applied'), 'wait=60')
  t.equal(headers.get('location'), `/jobs/${added._id}`)
})

t.test('a request that waits in vain gets the job as it is', async t => {
  const { status, headers, body } = await alice<Body>('/jobs', {
    body: request,
    headers: { prefer: 'wait=0' },
  })
  t.equal(status, 202)
  t.equal(headers.get('preference-applied'), 'wait=0')
  t.equal(body.state, 'waiting')
})

t.test('requests of one key become one job that waits', async t => {
  const request = { kind: 'reindex', key: 'all', coalesce: {} }
  const first = await alice<Body>('/jobs', { body: { ...request, data: 1 } })
  const second = await alice<Body>('/jobs', { body: { ...request, data: 2 } })
  t.equal(second.status, 202)
  t.match(second.body, { id: first.body.id, data: 2 })
  t.equal(await count('reindex'), 1)
})

t.test('a job that was added before and has been removed is gone', async t => {
  const options = { body: request, headers: { 'idempotency-key': 'removed' } }
  const { body } = await alice<Body>('/jobs', options)
  const { fingerprint = '' } = (await base.jobs.findById(body.id).lean()) ?? {}
  await base.jobs.deleteOne({ _id: body.id })
  const ids = base.connection.collection<{ _id: string }>('job_ids')
  await ids.insertOne({ _id: body.id, fingerprint, removeAt: new Date() } as never)
  const again = await alice<Body>('/jobs', options)
  t.match(again, { status: 410, body: { type: 'urn:daybook:error:DAYBOOK_JOB_ENDED' } })
})
