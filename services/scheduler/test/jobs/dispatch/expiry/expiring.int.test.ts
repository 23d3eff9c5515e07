import { makeStack, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { makeJobs } from '../../../support/dispatching.ts'
import { makeWorker } from '../../../support/job-workers.ts'

async function setUp(t: Test) {
  const stack = await makeStack(t)
  const jobs = await makeJobs(t, stack)
  const clocks = stack.db.collection<{ _id: string; servedAt: Date }>('job_kind_clocks')
  const ago = (ms: number) => new Date(jobs.base.now().getTime() - ms)
  /** Notes that the jobs of a kind could be sent until so many milliseconds ago. */
  const served = (kind: string, ms: number) => clocks.insertOne({ _id: kind, servedAt: ago(ms) })
  /** Waits until the expiry of a kind was looked at again. */
  const lookedAt = async (kind: string) => {
    const before = jobs.base.now()
    await until(`the expiry of ${kind} was looked at`, async () => {
      const found = await clocks.findOne({ _id: kind })
      return found !== null && found.servedAt > before
    })
  }
  return { ...jobs, clocks, ago, served, lookedAt }
}

// A worker of the lane without a handler for the kind: the jobs wait, and their clock runs.
const reader = (kinds: string[] = []) => makeWorker('w', { kinds })

test('a waiting job expires while its kind is served, with its end in the outbox', async t => {
  const { dispatch, add, beat, read, served, ago, base } = await setUp(t)
  await beat(reader())
  await served('k', 1000)
  await add({ _id: 'a', addedAt: ago(9000), expiryFrom: ago(9000), expiresAt: ago(100) }, { _id: 'b' })
  const finished = Promise.withResolvers<unknown>()
  base.signals.on('finished', finished.resolve)
  await dispatch()
  await until('it expires', async () => (await read('a')).state === 'expired')
  t.match((await read('a')).outbox, [{ event: { type: 'JobFinished', data: { state: 'expired' } } }])
  t.match(await finished.promise, [{ id: 'a', state: 'expired' }])
  t.equal((await read('b')).state, 'ready')
})

test('the time in which a kind was not served does not count', async t => {
  const { dispatch, add, beat, read, served, lookedAt, ago } = await setUp(t)
  await beat(reader())
  await served('k', 60_000)
  const expiresAt = ago(1000)
  await add({ _id: 'a', dueAt: ago(90_000), expiryFrom: ago(90_000), expiresAt })
  await add({ _id: 'b', dueAt: ago(20_000), expiryFrom: ago(20_000), expiresAt })
  await dispatch()
  await lookedAt('k')
  const putOff = async (id: string) => (await read(id)).expiresAt?.getTime() ?? 0
  t.equal((await read('a')).state, 'ready')
  t.ok((await putOff('a')) >= expiresAt.getTime() + 60_000, 'by the whole stop')
  t.ok((await putOff('b')) >= expiresAt.getTime() + 20_000, 'by the part of the stop after it was due')
  t.ok((await putOff('b')) < expiresAt.getTime() + 50_000)
})

test('nothing expires while the kind is paused or no worker reads its lane', async t => {
  const { dispatch, add, beat, read, served, lookedAt, rules, ago } = await setUp(t)
  rules.set('paused', { paused: true })
  rules.set('alone', { lane: 'nobody' })
  await beat(reader())
  for (const kind of ['paused', 'alone', 'open']) {
    await served(kind, 1000)
    await add({ _id: kind, kind, expiryFrom: ago(2000), expiresAt: ago(10) })
  }
  await dispatch()
  await until('the open one expires', async () => (await read('open')).state === 'expired')
  t.equal((await read('paused')).state, 'ready')
  t.equal((await read('alone')).state, 'ready')
  rules.set('paused', { paused: false })
  await lookedAt('paused')
  await until('the other one expires after the pause', async () => (await read('paused')).state === 'expired')
})
