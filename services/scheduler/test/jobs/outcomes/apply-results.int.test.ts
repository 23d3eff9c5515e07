import { makeStack, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { at, attemptOf, beat, makeOutcomes, probe, report, storedJob, T0 } from '../../support/outcomes.ts'

test('a start and its outcome in one batch are one write, with a JobFinished', async t => {
  const { add, apply, job, finished, published } = await makeOutcomes(t, await makeStack(t))
  await add('a', { gate: 'key:k/1', places: ['key:k/1#0'] })
  await apply(
    beat('w', 0),
    report('JobStarted', attemptOf('w', 'a'), 1),
    report('JobSucceeded', { ...attemptOf('w', 'a'), result: { sum: 3 } }, 2),
  )
  const { attempts, ...a } = await job('a')
  t.match(a, { state: 'succeeded', result: '{"sum":3}', attempt: 1 })
  t.match(attempts, [{ attempt: 1, worker: 'w', startedAt: at(1), outcome: 'succeeded' }])
  await until('the relay has published it', () => published.length > 0)
  t.match(published, [{ type: 'JobFinished', data: { job: 'a', state: 'succeeded' } }])
  t.equal(a.places, undefined)
  t.equal(a.worker, undefined)
  t.match(finished, [{ id: 'a', state: 'succeeded', gate: 'key:k/1' }])
})

test('reports that arrive twice change nothing', async t => {
  const { add, apply, job, told, worker } = await makeOutcomes(t, await makeStack(t))
  await add('a')
  const reports = [
    beat('w', 0),
    report('JobStarted', attemptOf('w', 'a'), 1),
    report('JobFailed', { ...attemptOf('w', 'a'), error: 'no', reason: 'error', retry: true }, 2),
  ]
  await apply(...reports)
  const first = await job('a')
  t.match(first, { state: 'delayed', failures: 1, attempts: [{ outcome: 'failed', error: 'no' }] })
  await apply(...reports)
  t.same(await job('a'), first)
  t.strictSame(told, [])
  t.match(await worker('w'), { ended: 1, state: 'working', via: 'kafka', partition: 0 })
})

test('of jobs that end at once, one that another process has ended meanwhile is told by that process only', async t => {
  const { add, apply, job, deps, base, finished, published, relay, worker } = await makeOutcomes(
    t,
    await makeStack(t),
  )
  for (const id of ['a', 'b', 'c']) await add(id, { state: 'running', worker: 'w', startedAt: at(1) })
  const { find } = deps.attempts
  deps.attempts.find = async ids => {
    deps.attempts.find = find
    const found = await find(ids)
    const cancelled = { $set: { state: 'cancelled' }, $unset: { worker: '' } } as const
    await base.jobs.collection.updateOne({ _id: 'b' } as never, cancelled)
    return found
  }
  await apply(beat('w', 0), ...['a', 'b', 'c'].map(id => report('JobSucceeded', attemptOf('w', id), 2)))
  await relay.stop()
  t.match(await job('b'), { state: 'cancelled' })
  for (const id of ['a', 'c']) t.match(await job(id), { state: 'succeeded' })
  t.strictSame(
    finished.map(({ id }) => id),
    ['a', 'c'],
  )
  t.strictSame(
    published.map(({ data }) => data.job),
    ['a', 'c'],
  )
  t.match(await worker('w'), { ended: 2 })
})

test('outcomes count only for the attempt in hand and from the worker that runs it', async t => {
  const { add, apply, job, deps, told } = await makeOutcomes(t, await makeStack(t))
  let refused = 0
  deps.count.refused = count => {
    refused += count
  }
  await add('a', { attempt: 2 })
  await apply(
    beat('w', 0),
    beat('v', 0),
    report('JobSucceeded', attemptOf('v', 'a', 1), 1),
    report('JobStarted', attemptOf('w', 'a', 2), 1),
    report('JobSucceeded', attemptOf('v', 'a', 2), 2),
    report('JobSucceeded', attemptOf('w', 'unknown', 1), 2),
  )
  t.match(await job('a'), { state: 'running', worker: 'w', startedAt: at(1) })
  t.equal(refused, 3)
  t.strictSame(told, [])
})

test('the second worker that starts an attempt is told to abort it', async t => {
  const { add, apply, job, told } = await makeOutcomes(t, await makeStack(t))
  await add('a')
  await apply(beat('w', 0), beat('v', 0), report('JobStarted', attemptOf('w', 'a'), 1))
  await apply(report('JobStarted', attemptOf('v', 'a'), 2))
  await apply(report('JobStarted', attemptOf('v', 'gone'), 2))
  t.match(await job('a'), { state: 'running', worker: 'w' })
  t.match(told, [
    { type: 'LeaseLost', data: attemptOf('v', 'a') },
    { type: 'LeaseLost', data: attemptOf('v', 'gone') },
  ])
})

test('a start after startBy is passed over, and the attempt that comes back costs nothing', async t => {
  const { add, apply, job } = await makeOutcomes(t, await makeStack(t))
  await add('a')
  await apply(beat('w', 0), report('JobStarted', attemptOf('w', 'a'), 15.001))
  t.equal((await job('a')).state, 'sent')
  await apply(report('JobReturned', { ...attemptOf('w', 'a'), reason: 'late' }, 15.1))
  t.match(await job('a'), { state: 'ready', failures: 0, rank: at(0), attempts: [{ outcome: 'returned' }] })
})

test('a job that has started does not expire any more', async t => {
  const { add, apply, job } = await makeOutcomes(t, await makeStack(t))
  await add('a', { expiresAt: at(60), expiryFrom: at(0) })
  await apply(beat('w', 0), report('JobStarted', attemptOf('w', 'a'), 1))
  t.equal((await job('a')).expiresAt, undefined)
})

test('a worker is told again of a job that is to be cancelled: at its start and with each beat', async t => {
  const { add, apply, job, told } = await makeOutcomes(t, await makeStack(t))
  await add('a', { cancelAskedAt: at(0) })
  await apply(beat('w', 0), report('JobStarted', attemptOf('w', 'a'), 1))
  await apply(beat('w', 5))
  t.ok(told.length >= 2 && told.every(({ type }) => type === 'CancelRequested'))
  await apply(report('JobReturned', { ...attemptOf('w', 'a'), reason: 'cancelled' }, 6))
  t.match(await job('a'), { state: 'cancelled', attempts: [{ outcome: 'cancelled' }] })
})

test('a worker is told with each beat of a job that is to be cancelled and that it has not started', async t => {
  const { add, apply, job, told } = await makeOutcomes(t, await makeStack(t))
  await add('a', { worker: 'w', cancelAskedAt: at(0) })
  await add('other', { worker: 'v', cancelAskedAt: at(0) })
  await apply(beat('w', 0))
  await apply(beat('w', 5))
  const asked = { type: 'CancelRequested', data: { job: 'a', attempt: 1 } }
  t.match(told, [asked, asked])
  t.equal(told.length, 2)
  t.equal((await job('a')).state, 'sent')
})

test('a failure is mailed when the job fails for good, and can pause its kind', async t => {
  const { add, apply, incidents, pauses } = await makeOutcomes(t, await makeStack(t))
  await add('a')
  const failed = { error: '429', reason: 'error', retry: false, pauseMs: 2000 }
  await apply(beat('w', 0), report('JobFailed', { ...attemptOf('w', 'a'), ...failed }, 3))
  t.match(incidents, [{ about: 'kind k', error: '429', subject: 'a', at: at(3) }])
  t.strictSame(pauses, [['k', T0 + 5000]])
})

test('a worker that asks for an endless delay gets a year', async t => {
  const { add, apply, job, pauses } = await makeOutcomes(t, await makeStack(t))
  await add('a')
  const failed = { error: '429', reason: 'error', retry: true, retryAfterMs: 1e300, pauseMs: 1e300 }
  await apply(beat('w', 0), report('JobFailed', { ...attemptOf('w', 'a'), ...failed }, 3))
  const year = 366 * 86_400_000
  t.strictSame(pauses, [['k', T0 + 3000 + year]])
  const { state, dueAt } = await job('a')
  t.equal(state, 'delayed')
  t.ok(dueAt.getTime() >= Date.now() + year - 600_000)
})

test('a worker that is not known by a beat starts nothing', async t => {
  const { add, apply, job, told } = await makeOutcomes(t, await makeStack(t))
  await add('a')
  await apply(report('JobStarted', attemptOf('w', 'a'), 1))
  t.match(await job('a'), { state: 'ready', failures: 0 })
  t.match(told, [{ type: 'LeaseLost', data: { worker: 'w' } }])
})

test('an attempt that can start nowhere any more is taken back', async t => {
  const { add, apply, job } = await makeOutcomes(t, await makeStack(t))
  await add('a')
  await apply(probe(5), probe(15))
  t.equal((await job('a')).state, 'sent')
  await apply(probe(16))
  t.match(await job('a'), { state: 'ready', failures: 0, attempts: [{ reason: 'not-started' }] })
})

test('an attempt stays sent while one partition is not read', async t => {
  const { add, apply, job, deps } = await makeOutcomes(t, await makeStack(t))
  deps.resultPartitions = async () => [0, 1]
  await add('a')
  await apply(probe(16), probe(100))
  t.equal((await job('a')).state, 'sent')
  await deps.partitions.handled(1, at(16))
  await apply(probe(105))
  t.equal((await job('a')).state, 'ready')
})

test('five hundred starts and outcomes at once', async t => {
  const { addMany, apply, base } = await makeOutcomes(t, await makeStack(t))
  const ids = Array.from({ length: 500 }, (_, i) => `j${i}`)
  await addMany(ids.map(id => storedJob(id)))
  await apply(beat('w', 0), ...ids.slice(0, 499).map(id => report('JobStarted', attemptOf('w', id), 1)))
  t.equal(await base.jobs.countDocuments({ state: 'running', worker: 'w' }), 499)
  await apply(...ids.map(id => report('JobSucceeded', attemptOf('w', id), 2)))
  t.equal(await base.jobs.countDocuments({ state: 'succeeded' }), 500)
})
