import { token, until } from '@daybook/shared/testing'
import { client, type JobStatus } from '@daybook/worker'
import t from 'tap'
import { startApiProxy } from './support/api-proxy.ts'
import { startJobSystem } from './support/job-system.ts'
import { startTypeScriptWorker } from './support/workers.ts'

const system = await startJobSystem(t, startTypeScriptWorker)
system.worker('mail', 4)
await system.rules({})
// The client asks the server to wait for 30 s, the proxy for a second: so each wait needs several questions.
const proxy = await startApiProxy(t, system.scheduler.url, headers => {
  if (headers.prefer) headers.prefer = 'wait=1'
})
const connect = async (scope: string) => client({ url: proxy.url, token: await token('alice', { scope }) })
const jobs = await connect('jobs')
const kind = 'send-invoice'

t.test('each option of a job arrives', async t => {
  const [at, expiresAt] = [new Date(Date.now() + 3_600_000), new Date(Date.now() + 7_200_000)]
  const then = { kind, data: { invoice: 2 }, on: 'finish' as const }
  const id = await jobs.add(kind, { invoice: 1 }, { at, key: 'ada', priority: 1, expiresAt, then })
  t.match(await jobs.get(id), {
    ...{ kind, state: 'waiting', owner: 'alice', data: { invoice: 1 }, key: 'ada', priority: 1, then },
    ...{ dueAt: at.toISOString(), expiresAt: expiresAt.toISOString(), waiting: { reason: 'time' } },
  })
  const later = await jobs.get(await jobs.add(kind, { invoice: 1 }, { in: 'PT1H' }))
  t.equal(Date.parse(String(later.dueAt)) - Date.parse(String(later.addedAt)), 3_600_000)
  const coalesced = { key: 'index', in: 'PT1H', coalesce: { maxDelay: 'PT2H' } }
  const first = await jobs.add(kind, { invoice: 3 }, coalesced)
  t.equal(await jobs.add(kind, { invoice: 4 }, coalesced), first)
  t.match(await jobs.get(first), { data: { invoice: 4 } })
  t.equal(await jobs.cancel(first), 'cancelled')
})

t.test('two calls with the same idempotency key add one job, and another request is refused', async t => {
  const options = { idempotencyKey: 'order-17', in: 'PT1H' }
  const id = await jobs.add(kind, { invoice: 5 }, options)
  t.equal(await jobs.add(kind, { invoice: 5 }, options), id)
  await t.rejects(jobs.add(kind, { invoice: 6 }, options), {
    ...{ name: 'RequestRefused', status: 409, code: 'DAYBOOK_JOB_CONFLICT' },
  })
})

t.test('a request that is refused says why', async t => {
  const unknown = client({ url: proxy.url, token: 'unknown' })
  await t.rejects(unknown.add(kind), { name: 'RequestRefused', status: 401 })
  await t.rejects((await connect('worker')).add(kind), { name: 'RequestRefused', status: 403 })
  await t.rejects(jobs.add('No kind'), { name: 'RequestRefused', status: 400 })
  await t.rejects(jobs.wait('nothing'), { status: 404, code: 'DAYBOOK_JOB_NOT_FOUND' })
})

t.test('waiting asks again until the job has ended, and returns how', async t => {
  const id = await jobs.add(kind, { invoice: 7, hold: 'waited' })
  const waiting = jobs.wait(id)
  const unchanged = `GET /jobs/${id} 304`
  await until('the job has not changed between two questions', () => proxy.answered.includes(unchanged))
  await t.rejects(jobs.wait(id, { timeout: 1 }), { name: 'TimeoutError' })
  await system.release('waited')
  t.match(await waiting, { state: 'succeeded', result: { sent: 7 } })
  const failed = await jobs.wait(await jobs.add(kind, { invoice: 8, hopeless: true }))
  t.match(failed, { state: 'failed', reason: 'error', error: /this invoice can never be sent/ })
})

t.test('requests are repeated while the scheduler cannot be reached, and add one job', async t => {
  const breaks = async (mode: typeof proxy.mode) => {
    const before = proxy.lost
    proxy.mode = mode
    await until('connections break', () => proxy.lost > before + 1)
  }
  const adding = jobs.add(kind, { invoice: 9, hold: 'away' }, { key: 'away' })
  await breaks('lose-answers')
  await breaks('lose')
  proxy.mode = 'pass'
  const id = await adding
  const waiting = jobs.wait(id)
  await breaks('lose')
  await system.release('away')
  proxy.mode = 'pass'
  t.match(await waiting, { state: 'succeeded', result: { sent: 9 } })
  const { body } = await system.api<{ jobs: JobStatus[] }>('/jobs?key=away')
  t.equal(body.jobs.length, 1)
})
