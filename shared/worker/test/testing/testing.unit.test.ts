import { setTimeout as sleep } from 'node:timers/promises'
import { stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { Type } from 'typebox'
import { DoNotRetry, type Job, JobAborted, testing, worker } from '../../src/index.ts'

const Order = Type.Object({ order: Type.Integer(), at: Type.Optional(Type.String()) })

const run = (handler: (data: { order: number }, job: Job) => unknown) => {
  const { run } = testing(worker().handle('ship', Order, handler))
  return (attempt = {}, data: unknown = { order: 1 }) => run('ship', data, attempt)
}

t.test('a handler gets its data and its job, and its result is the outcome', async t => {
  const outcome = await run(({ order }, { id, kind, attempt, failures, key, cause }) => ({
    ...{ order, id, kind, attempt, failures, key, cause },
  }))({ id: 'j', attempt: 3, failures: 2, key: 'k', cause: { job: 'before' } })
  const result = {
    order: 1,
    id: 'j',
    kind: 'ship',
    attempt: 3,
    failures: 2,
    key: 'k',
    cause: { job: 'before' },
  }
  t.strictSame(outcome, { state: 'succeeded', result, progress: [], spawned: [] })
})

t.test('data are checked, as JSON', async t => {
  const handle = run(({ order }) => order)
  t.match(await handle({}, { order: 'x' }), { state: 'failed', reason: 'invalid-data', retry: false })
  t.match(await handle({}, { order: 1, at: new Date(0) }), { state: 'succeeded' })
  t.match(await handle({}, null), { state: 'failed', reason: 'invalid-data' })
  await t.rejects(handle({}, 'x'.repeat(65_535)), /65536 are allowed/)
  const { run: runAny } = testing(worker().handle('ship', Order, () => 1))
  t.match(await runAny('dance'), { state: 'returned', reason: 'unknown-kind' })
})

t.test('a failure says whether to try again', async t => {
  const fail = (error: unknown) =>
    run(() => {
      throw error
    })()
  t.match(await fail(new Error('x')), { state: 'failed', reason: 'error', retry: true })
  t.match(await fail(new DoNotRetry('x')), { state: 'failed', retry: false })
})

t.test('reports of progress and spawned groups are part of the outcome', async t => {
  const outcome = await run(async (_, job) => {
    job.progress(1, 2, 'half')
    const { jobs } = await job.spawn([{ kind: 'pack' }, { kind: 'label', data: 1 }], { kind: 'send' })
    return jobs
  })({ id: 'j' })
  t.strictSame(outcome, {
    state: 'succeeded',
    result: ['j:spawn:1:0001', 'j:spawn:1:0002'],
    progress: [{ done: 1, total: 2, note: 'half' }],
    spawned: [
      {
        group: 'j:spawn:1',
        parent: 'j',
        jobs: [
          { kind: 'pack', job: 'j:spawn:1:0001' },
          { kind: 'label', data: 1, job: 'j:spawn:1:0002' },
        ],
        then: { kind: 'send' },
      },
    ],
  })
})

t.test('wrong progress and wrong jobs are errors of the handler', async t => {
  const wrongs: ((job: Job) => unknown)[] = [
    job => job.progress(-1, 2),
    job => job.spawn([]),
    job => job.spawn([{ kind: 'No Name' }]),
    job => job.spawn([{ kind: 'pack', data: 'x'.repeat(900_001) }]),
    job => job.spawn(Array.from({ length: 1001 }, () => ({ kind: 'pack' }))),
  ]
  for (const wrong of wrongs)
    t.match(await run((_, job) => wrong(job))(), { state: 'failed', reason: 'error' })
})

t.test('at the soft timeout the signal is aborted', async t => {
  const time = stopTime(t)
  const handled = run((_, job) => sleep(60_000, undefined, { signal: job.signal }))({ softTimeoutMs: 800 })
  await time.pass(800)
  t.match(await handled, { state: 'failed', reason: 'timeout', retry: true })
})

t.test('at the hard timeout the attempt fails, though the handler goes on', async t => {
  const time = stopTime(t)
  const handled = run((_, job) => {
    t.ok(job.deadline)
    return new Promise(() => {})
  })({ timeoutMs: 1000 })
  await time.pass(1000)
  t.match(await handled, { state: 'failed', reason: 'timeout', error: /longer than 1000 ms/ })
})

t.test('a cancelled handler learns why, and what it throws then returns the attempt', async t => {
  let reason: unknown
  const handled = run((_, job) => {
    const { promise, reject } = Promise.withResolvers<void>()
    job.signal.addEventListener('abort', () => {
      reason = job.signal.reason
      reject(reason)
    })
    return promise
  })({ onBegin: (abort: (reason: 'cancelled') => void) => abort('cancelled') })
  t.match(await handled, { state: 'returned', reason: 'cancelled' })
  t.ok(reason instanceof JobAborted)
})

t.test('a worker refuses wrong options and handlers', async t => {
  t.throws(() => worker({ lane: 'No Lane' }), /no name of a lane/)
  t.throws(() => worker({ lane: [] }), /give it 1 to 100/)
  t.throws(() => worker({ concurrency: 0 }), /concurrency is 0/)
  t.throws(() => worker().handle('No Kind', Order, () => 1), /no name of a kind/)
  t.throws(
    () =>
      worker()
        .handle('a', Order, () => 1)
        .handle('a', Order, () => 2),
    /has two handlers/,
  )
  t.throws(() => worker().start(), /has no handlers/)
})
