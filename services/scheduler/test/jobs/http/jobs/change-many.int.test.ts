import t from 'tap'
import { makeJobApi } from '../../../support/job-api.ts'
import { storedJob } from '../../../support/stored-jobs.ts'

interface Answer {
  matching?: number
  cancelled?: number
  asked?: number
  retried?: number
  countedAt?: string
  nextCursor: string | null
  errors?: { pointer: string; detail: string }[]
}

const { alice, bob, operator, nobody, base, told } = await makeJobApi(t)
const storeMany = (kind: string, count: number, fields: Parameters<typeof storedJob>[1]) =>
  base.jobs.collection.insertMany(
    Array.from({ length: count }, (_, i) =>
      storedJob(`${kind}-${fields?.state}-${i}`, { kind, ...fields }),
    ) as never[],
  )
const count = (kind: string, state: string) => base.jobs.countDocuments({ kind, state: state as 'ready' })

t.test('all jobs of a filter are cancelled, or their workers are asked', async t => {
  const kind = 'import'
  for (const state of ['delayed', 'ready', 'held', 'sent', 'running', 'succeeded'] as const)
    await storeMany(kind, 3, { state, ...(state === 'held' ? { gate: 'key:import/k' } : {}) })
  await storeMany('other', 2, { state: 'ready' })
  const body = { filter: { kind } }
  t.match((await alice<Answer>('/jobs/cancel', { body: { ...body, dryRun: true } })).body, {
    matching: 15,
    nextCursor: null,
  })
  t.equal(await count(kind, 'cancelled'), 0, 'a dry run changes nothing')
  t.match((await alice<Answer>('/jobs/cancel', { body })).body, { cancelled: 9, asked: 6, nextCursor: null })
  t.equal(await count(kind, 'cancelled'), 9)
  t.equal(told.length, 6)
  t.match((await alice<Answer>('/jobs/cancel', { body })).body, { cancelled: 0, asked: 6 }, 'once more')
  t.equal(await count(kind, 'succeeded'), 3)
  t.equal(await count('other', 'ready'), 2)
})

t.test('the filter can name state, key, group and error', async t => {
  const kind = 'filtered'
  await storeMany(kind, 2, { state: 'failed', error: 'Error: ECONNREFUSED 10.0.0.1', reason: 'error' })
  await storeMany(kind, 4, { state: 'cancelled', key: 'k' })
  await storeMany(kind, 5, { state: 'expired', group: 'g' })
  const matching = async (filter: object) =>
    (await alice<Answer>('/jobs/retry', { body: { filter, dryRun: true } })).body.matching
  t.equal(await matching({ kind }), 11)
  t.equal(await matching({ kind, error: 'econnrefused' }), 2)
  t.equal(await matching({ kind, key: 'k' }), 4)
  t.equal(await matching({ group: 'g' }), 5)
  t.equal(await matching({ kind, state: 'expired', key: 'k' }), 0)
  const body = { filter: { kind, state: 'failed' } }
  t.match((await alice<Answer>('/jobs/retry', { body })).body, { retried: 2, nextCursor: null })
  t.equal(await count(kind, 'delayed'), 2)
  t.match((await alice<Answer>('/jobs/retry', { body })).body, { retried: 0 }, 'once more')
})

t.test('the filter of a list is a filter of the commands', async t => {
  const kind = 'as-in-a-list'
  await storeMany(kind, 2, { state: 'failed', error: 'Error: no space', lane: 'disk' })
  await storeMany(kind, 3, { state: 'ready', schedule: 'nightly', addedAt: new Date('2026-11-20T00:00:00Z') })
  const [trace = '', other = ''] = ['a', 'b'].map(digit => digit.repeat(32))
  await storeMany(kind, 4, { state: 'cancelled', traceparent: `00-${trace}-00f067aa0ba902b7-01` })
  const matching = async (path: string, filter: object) =>
    (await alice<Answer>(path, { body: { filter: { kind, ...filter }, dryRun: true } })).body.matching
  t.equal(await matching('/jobs/retry', { lane: 'disk' }), 2)
  t.equal(await matching('/jobs/retry', { lane: 'mail' }), 0)
  t.equal(await matching('/jobs/retry', { trace: [trace, other] }), 4)
  t.equal(await matching('/jobs/retry', { trace: [other] }), 0)
  t.equal(await matching('/jobs/cancel', { trace: [trace] }), 0)
  t.equal(await matching('/jobs/retry', { q: 'NO SPACE' }), 2)
  t.equal(await matching('/jobs/retry', { q: `${kind}-failed-1` }), 1)
  t.equal(await matching('/jobs/retry', { q: 'no', error: 'SPACE' }), 2)
  t.equal(await matching('/jobs/retry', { q: `${kind}-failed-1`, error: 'space' }), 1)
  t.equal(await matching('/jobs/retry', { q: 'no', error: 'disk' }), 0)
  t.equal(await matching('/jobs/cancel', { schedule: 'nightly' }), 3)
  t.equal(await matching('/jobs/cancel', { before: '2026-11-20T00:00:00.001Z' }), 3)
  t.equal(await matching('/jobs/cancel', { before: '2026-11-20T00:00:00.000Z' }), 0)
  t.equal(await matching('/jobs/cancel', { from: '2026-11-20T00:00:00.001Z' }), 0)
  const body = { filter: { kind, before: '2026-11-20T00:00:00.000Z' }, asOf: '2026-11-27T00:00:00.000Z' }
  t.match((await alice<Answer>('/jobs/cancel', { body })).body, { cancelled: 0 }, 'asOf does not widen it')
})

t.test('a job that met the filter only after the count is not touched', async t => {
  const kind = 'counted'
  await storeMany(kind, 2, { state: 'failed' })
  await storeMany(kind, 2, { state: 'ready' })
  const dryRun = (path: string) => alice<Answer>(path, { body: { filter: { kind }, dryRun: true } })
  const asOf = (await dryRun('/jobs/retry')).body.countedAt ?? ''
  const later = new Date(Date.parse(asOf) + 1)
  await base.jobs.insertMany([
    storedJob('failed later', { kind, state: 'failed', finishedAt: later }),
    storedJob('added later', { kind, state: 'ready', addedAt: later }),
    storedJob('added then', { kind, state: 'ready', addedAt: new Date(asOf) }),
  ])
  const body = { filter: { kind }, asOf }
  t.match((await alice<Answer>('/jobs/cancel', { body })).body, { cancelled: 3 })
  t.match((await alice<Answer>('/jobs/retry', { body: { filter: { kind, state: 'failed' }, asOf } })).body, {
    retried: 2,
  })
  const left = await base.jobs.find({ kind, _id: /later$/ }).sort({ _id: 1 })
  t.match(left, [{ state: 'ready' }, { state: 'failed' }])
  t.equal((await dryRun('/jobs/retry')).body.matching, 4, 'a count without asOf finds the later ones too')
})

t.test('a filter without a condition, and states that have no meaning, are refused', async t => {
  for (const path of ['/jobs/cancel', '/jobs/retry']) {
    const pointers = async (body: unknown) => {
      const answer = await operator<Answer>(path, { body })
      t.equal(answer.status, 400)
      return answer.body.errors?.map(({ pointer }) => pointer)
    }
    t.strictSame(await pointers({}), ['/filter'])
    t.strictSame(await pointers({ filter: {} }), ['/filter'])
    t.strictSame(await pointers({ filter: { all: true } }), ['/filter/all'])
    t.strictSame(await pointers({ filter: { state: 'succeeded' } }), ['/filter/state'])
    t.strictSame(await pointers({ filter: { kind: 'a' }, cursor: '%' }), ['/cursor'])
  }
  const { body } = await operator<Answer>('/jobs/cancel', { body: { filter: {} } })
  t.match(body.errors, [{ detail: /at least 1 of: kind, state, key, group, error/ }])
})

t.test('a requester changes only own jobs, and an operator those of everybody', async t => {
  const kind = 'owned'
  await storeMany(kind, 2, { state: 'ready', owner: 'alice' })
  await base.jobs.collection.insertOne(storedJob('owned-by-bob', { kind, owner: 'bob' }) as never)
  const body = { filter: { kind } }
  t.equal((await nobody('/jobs/cancel', { body })).status, 403)
  t.match((await bob<Answer>('/jobs/cancel', { body })).body, { cancelled: 1 })
  t.match((await operator<Answer>('/jobs/cancel', { body })).body, { cancelled: 2 })
})

t.test('many jobs take several requests, each of which goes on where the last one ended', async t => {
  const kind = 'many'
  await storeMany(kind, 10_600, { state: 'failed' })
  const first = await alice<Answer>('/jobs/retry', { body: { filter: { kind } } })
  t.match(first.body, { retried: 10_000, nextCursor: /./ })
  const next = { filter: { kind }, cursor: first.body.nextCursor }
  t.match((await alice<Answer>('/jobs/retry', { body: next })).body, { retried: 600, nextCursor: null })
  t.equal(await count(kind, 'delayed'), 10_600)
})
