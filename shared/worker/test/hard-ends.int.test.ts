import { LONG, makeStack } from '@daybook/shared/testing'
import t from 'tap'
import { startFakeScheduler } from './support/fake-scheduler.ts'
import { startWorker } from './support/start-worker.ts'

const stack = await makeStack(t)
const scheduler = await startFakeScheduler(t, stack, 2)
const { due, report, reports } = scheduler

const settings = { GRACE_TIME: '200', STOP_TIMEOUT: '0' }

/** Starts a worker, and waits until it has this many partitions. @returns the process, and the id of the worker */
async function start(partitions: number, settings: Record<string, string> = {}) {
  const others = new Set(reports('WorkerBeat').map(({ worker }) => worker))
  const running = startWorker(t, stack, settings)
  const { worker } = await scheduler.beat(
    `a new worker has ${partitions} partitions`,
    ({ worker, lanes }) => !others.has(worker) && lanes[0]?.partitions.length === partitions,
  )
  return { ...running, worker }
}

t.test('a handler that blocks the process keeps its lease, and its hard timeout ends it', async t => {
  const { gone, worker } = await start(2, settings)
  await due('neighbour', { data: { does: 'wait' } })
  await report('JobStarted', 'neighbour')
  await due('spin', { data: { does: 'spin' }, timeoutMs: 7000 })
  await scheduler.beat(
    'a beat of the blocked worker holds both attempts',
    beat => beat.worker === worker && beat.blockedMs > 1000 && beat.running.length === 2,
  )
  t.equal(await gone, 'SIGKILL')
  t.match(await report('JobFailed', 'spin'), { reason: 'timeout', retry: true })
  t.match(await report('JobReturned', 'neighbour'), { reason: 'stopping' })
  await scheduler.beat('its last beat', beat => beat.worker === worker && beat.state === 'stopped')
})

t.test(
  'a handler that does not end after its hard timeout ends the process, which returns the others',
  async t => {
    const { gone } = await start(2, settings)
    await due('other', { data: { does: 'wait' } })
    await report('JobStarted', 'other')
    await due('stuck', { data: { does: 'ignore' }, timeoutMs: 500, softTimeoutMs: 100 })
    t.match(await report('JobFailed', 'stuck'), { reason: 'timeout' })
    t.equal(await gone, 1)
    t.match(await report('JobReturned', 'other'), { reason: 'stopping' })
  },
)

// Joining takes seconds, and Kafka gives the partitions of a dead worker to another one after ten seconds.
const skip = LONG ? false : 'it takes long: LONG=true runs it'

t.test(
  'attempts that run when another worker joins are kept, and those that wait go to it',
  { skip },
  async t => {
    const first = await start(2, { CONCURRENCY: '1', ...settings })
    await due('long', { data: { does: 'wait' } }, 0)
    await report('JobStarted', 'long')
    for (const partition of [0, 1]) await due(`waits-${partition}`, {}, partition)
    const second = await start(1)
    const ofWorker = async (job: string) => (await report('JobSucceeded', job)).worker
    t.equal(await Promise.race([ofWorker('waits-0'), ofWorker('waits-1')]), second.worker)
    t.equal(reports('JobStarted', 'long').length, 1)
    t.equal(await first.end('SIGTERM'), 0)
    t.equal((await report('JobReturned', 'long')).reason, 'stopping')
    // What still waited at the first worker was returned, or goes to the second one.
    t.equal(await second.end('SIGTERM'), 0)
  },
)

t.test(
  'a process that aborts reports nothing, and another worker goes on with the lane',
  { skip },
  async t => {
    const { gone } = await start(2)
    await due('abort', { data: { does: 'abort' }, startBy: new Date(Date.now() + 5000).toISOString() })
    t.equal(await gone, 'SIGABRT')
    await due('after')
    const next = startWorker(t, stack)
    await report('JobSucceeded', 'after')
    t.equal(reports('JobStarted', 'abort').length, 1)
    t.strictSame(reports('JobFailed', 'abort'), [])
    t.equal(await next.end('SIGTERM'), 0)
  },
)
