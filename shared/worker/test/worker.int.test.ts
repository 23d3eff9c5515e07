import { jobTopics } from '@daybook/shared/events'
import { makeStack, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { LANE, startFakeScheduler, TRACEPARENT } from './support/fake-scheduler.ts'
import { startWorker } from './support/start-worker.ts'

const stack = await makeStack(t)
const scheduler = await startFakeScheduler(t, stack)
const { due, order, undecodable, report, reports, beat } = scheduler
const { process: child, gone, lines, end } = startWorker(t, stack)
const { worker } = await beat('the worker has its partition', ({ lanes }) => lanes[0]?.partitions[0] === 0)

t.test('a job is announced, run, and its result reported', async t => {
  await due('a-job')
  t.strictSame((await report('JobSucceeded', 'a-job')).result, { attempt: 1 })
  const types = scheduler.results
    .filter(({ value }) => value.job === 'a-job')
    .map(({ headers }) => headers.ce_type)
  t.strictSame(types, ['JobStarted', 'JobSucceeded'])
  t.strictSame(reports('JobStarted', 'a-job'), [{ worker, job: 'a-job', attempt: 1 }])
})

t.test('the same attempt, delivered again, is skipped', async t => {
  await due('twice')
  await report('JobSucceeded', 'twice')
  await due('twice')
  await due('after-twice')
  await report('JobSucceeded', 'after-twice')
  t.equal(reports('JobStarted', 'twice').length, 1)
  await due('twice', { attempt: 2 })
  await report('JobSucceeded', 'twice', 2)
})

t.test('what a handler throws says what is to happen', async t => {
  const failure = async (job: string) => {
    await due(job, { data: { does: job } })
    const { error, reason, retry, retryAfterMs, pauseMs } = await report('JobFailed', job)
    return { error: error.split('\n')[0], reason, retry, retryAfterMs, pauseMs }
  }
  t.match(await failure('fail'), { error: 'Error: it failed', reason: 'error', retry: true })
  t.match(await failure('give-up'), { error: 'DoNotRetry: it never works', reason: 'error', retry: false })
  t.match(await failure('later'), { retry: true, retryAfterMs: 5000 })
  t.match(await failure('pause'), { retry: true, pauseMs: 7000 })
})

t.test('data that do not match the schema fail without a retry', async t => {
  await due('invalid', { data: { does: 'dance' } })
  t.match(await report('JobFailed', 'invalid'), {
    reason: 'invalid-data',
    retry: false,
    error: /\/does must be one of/,
  })
})

t.test('a job of an unknown kind and a job that comes too late are returned', async t => {
  await due('unknown', { kind: 'dance' })
  t.match(await report('JobReturned', 'unknown'), { reason: 'unknown-kind' })
  t.strictSame(reports('JobStarted', 'unknown'), [])
  await due('late', { startBy: new Date(Date.now() - 1000).toISOString() })
  t.match(await report('JobReturned', 'late'), { reason: 'late' })
  t.strictSame(reports('JobSucceeded', 'late'), [])
})

t.test('a handler waits for the start of its interval', async t => {
  const startFrom = new Date(Date.now() + 700).toISOString()
  await due('paced', { startFrom })
  await report('JobSucceeded', 'paced')
  const handled = lines.find(({ msg, job }) => msg === 'handling' && job === 'paced')
  t.ok(Number(handled?.time) >= Date.parse(startFrom))
})

t.test('the last report of progress is sent, and spawned jobs are requested before the outcome', async t => {
  await due('progress', { data: { does: 'progress' } })
  await report('JobSucceeded', 'progress')
  t.strictSame(
    reports('JobProgressed', 'progress').map(({ done }) => done),
    [1, 3],
  )
  await due('spawn', { data: { does: 'spawn' } })
  t.strictSame((await report('JobSucceeded', 'spawn')).result, {
    group: 'spawn:spawn:1',
    jobs: ['spawn:spawn:1:0001', 'spawn:spawn:1:0002'],
  })
})

t.test('a handler knows the trace of its job, and the jobs that it adds belong to it', async t => {
  await due('trace', { data: { does: 'trace' } })
  t.equal((await report('JobSucceeded', 'trace')).result, TRACEPARENT)
  const requests = await watchTopic(t, stack, jobTopics.requests.name)
  await due('traced-spawn', { data: { does: 'spawn' } })
  const { headers } = await until('the request', () =>
    requests.find(({ value }) => value.parent === 'traced-spawn'),
  )
  t.equal(headers.traceparent, TRACEPARENT)
})

t.test('a cancelled job is aborted and returned, also while it waits for a slot', async t => {
  for (const job of ['c1', 'c2', 'c3']) await due(job, { data: { does: 'wait' } })
  for (const job of ['c1', 'c2']) await report('JobStarted', job)
  for (const job of ['c3', 'c2', 'c1']) await order('CancelRequested', { job, attempt: 1 })
  for (const job of ['c1', 'c2', 'c3']) t.match(await report('JobReturned', job), { reason: 'cancelled' })
  t.strictSame(reports('JobStarted', 'c3'), [])
})

t.test('batches that cannot be decoded are skipped, and the records behind them are read', async t => {
  await undecodable(`daybook.lane.${LANE}`)
  await undecodable(jobTopics.control.name)
  await due('behind', { data: { does: 'wait' } })
  await report('JobStarted', 'behind')
  await order('CancelRequested', { job: 'behind', attempt: 1 })
  t.match(await report('JobReturned', 'behind'), { reason: 'cancelled' })
  const skipped = lines.filter(({ msg }) => msg.startsWith('skipping'))
  t.match(skipped, [
    { err: { message: /The batch is skipped/ } },
    { err: { message: /daybook.jobs.control/ } },
  ])
})

t.test('a lost attempt is aborted and not reported', async t => {
  await due('lost', { data: { does: 'wait' } })
  await report('JobStarted', 'lost')
  await order('LeaseLost', { worker, job: 'lost', attempt: 1 })
  for (const job of ['d1', 'd2', 'd3']) await due(job)
  for (const job of ['d1', 'd2', 'd3']) await report('JobSucceeded', job)
  t.strictSame([...reports('JobReturned', 'lost'), ...reports('JobFailed', 'lost')], [])
})

t.test('a worker that lost its lease aborts everything and goes on under a new id', async t => {
  await due('lost-all', { data: { does: 'wait' } })
  await report('JobStarted', 'lost-all')
  await order('LeaseLost', { worker })
  const renewed = await beat('a beat with a new id', beat => beat.worker !== worker)
  t.strictSame(renewed.running, [])
  await due('next')
  t.equal((await report('JobSucceeded', 'next')).worker, renewed.worker)
})

t.test('at SIGTERM a worker returns what waits, lets a handler end, and says goodbye', async t => {
  for (const job of ['s1', 's2', 's3']) await due(job, { data: { does: 'wait' } })
  for (const job of ['s1', 's2']) await report('JobStarted', job)
  child.kill('SIGTERM')
  t.match(await report('JobReturned', 's3'), { reason: 'stopping' })
  await beat(
    'it is stopping, and holds two attempts',
    ({ state, running }) => state === 'stopping' && running.length === 2,
  )
  t.equal(await end('SIGTERM'), 0, 'a second signal aborts the handlers')
  for (const job of ['s1', 's2']) t.match(await report('JobReturned', job), { reason: 'stopping' })
  await beat('the last beat', ({ state, running }) => state === 'stopped' && running.length === 0)
  await gone
})
