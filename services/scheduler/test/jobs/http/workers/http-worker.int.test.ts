import { randomUUID } from 'node:crypto'
import type { JobDue } from '@daybook/shared/events'
import { buildServer } from '@daybook/shared/http'
import { AUTH_SECRET, client, makeStack, silent, token } from '@daybook/shared/testing'
import { test } from 'tap'
import { serveWorkerRoutes } from '../../../../src/jobs/http/workers/serve-workers.ts'
import { makeOutcomes, storedJob } from '../../../support/outcomes.ts'

interface Page {
  workers: object[]
  nextCursor: string | null
}

const about = { name: 'curl', kinds: ['k'], slots: 2 }
const DAY_MS = 86_400_000

test('a worker without Kafka works by HTTP, from the claim to the outcome', async t => {
  const made = await makeOutcomes(t, await makeStack(t))
  const { base, kinds, outcomes, job, told } = made
  const startBy = new Date(Date.now() + DAY_MS)
  const add = (id: string, worker: string) => made.add(id, { worker, startBy })
  const [w, v] = [randomUUID(), randomUUID()]
  // The dispatcher has tests of its own: here a claim hands out what is sent to the worker.
  const claim = async (_lane: string, worker: string) =>
    (await base.jobs.find({ worker, state: 'sent' }).lean()).map(
      ({ _id, attempt }) => ({ data: { ...due, job: _id, attempt } }) as unknown as JobDue,
    )
  const auth = { key: { secret: AUTH_SECRET }, defaultTimeZone: 'UTC' }
  const app = await buildServer({ title: 't', description: 'd', log: silent, auth, checks: {} })
  serveWorkerRoutes(app, outcomes, { kinds, claim })
  t.teardown(() => app.close())
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const http = client(url, await token('w', { scope: 'worker' }))
  const admin = client(url, await token('o', { admin: true }))
  const of = (id: string, what: string, body: object, n = 1) =>
    http<Record<string, unknown>>(`/jobs/${id}/attempts/${n}/${what}`, { body })
  /** Applies the beats that were sent, as the reader of results does. */
  const readBeats = () => made.apply(...made.beats.splice(0))

  await t.test('claim, start, progress, outcome', async t => {
    await add('a', w)
    const { status, body } = await http<{ jobs: unknown[] }>('/lanes/default/claim', {
      body: { worker: w, ...about, wait: 1 },
    })
    t.equal(status, 200)
    t.match(body.jobs, [{ job: 'a', attempt: 1 }])
    await readBeats()
    t.match(await of('a', 'start', { worker: w }), { status: 200, body: { leaseSeconds: 30 } })
    t.equal((await of('a', 'start', { worker: w })).status, 200, 'again')
    t.match(await of('a', 'progress', { worker: w, done: 1, total: 2 }), { body: { cancel: false } })
    t.match(await job('a'), { state: 'running', worker: w, progress: { done: 1, total: 2 } })
    const succeeded = { worker: w, outcome: 'succeeded', result: { ok: true } }
    t.match(await of('a', 'outcome', succeeded), { status: 200, body: { state: 'succeeded' } })
    t.equal((await of('a', 'outcome', succeeded)).status, 200, 'again')
    t.equal((await of('a', 'outcome', { worker: w, outcome: 'failed', error: 'x' })).status, 410)
    t.match(await job('a'), { state: 'succeeded', result: '{"ok":true}' })
  })

  await t.test('an attempt is for one worker alone, and only while it is current', async t => {
    await add('b', w)
    t.equal((await of('b', 'start', { worker: v })).status, 410, 'a worker without a beat')
    t.equal((await of('b', 'start', { worker: w })).status, 200)
    await http(`/workers/${v}/beat`, { body: { ...about, lanes: ['default'] } })
    await readBeats()
    t.match(await of('b', 'start', { worker: v }), { status: 409, body: { type: /ATTEMPT_TAKEN/ } })
    t.match(await of('b', 'start', { worker: w }, 2), { status: 410, body: { type: /JOB_ENDED/ } })
    t.equal((await of('b', 'outcome', { worker: v, outcome: 'succeeded' })).status, 410)
    t.equal((await of('none', 'start', { worker: v })).status, 404)
  })

  await t.test('a beat tells what to end, and what is lost', async t => {
    await base.jobs.updateOne({ _id: 'b' }, { $set: { cancelAskedAt: new Date() } })
    const running = [
      { job: 'b', attempt: 1 },
      { job: 'a', attempt: 1 },
    ]
    const beat = await http(`/workers/${w}/beat`, { body: { ...about, lanes: ['default'], running } })
    t.match(beat.body, { cancelled: [running[0]], lost: [running[1]], quiet: false })
    t.match(await of('b', 'outcome', { worker: w, outcome: 'returned', reason: 'cancelled' }), {
      body: { state: 'cancelled' },
    })
  })

  await t.test('operators see workers and ask them to be quiet', async t => {
    await readBeats()
    const { body } = await admin<{ workers: object[] }>('/workers')
    t.equal(body.workers.length, 2)
    t.match(body.workers[0], { name: 'curl', via: 'http', state: 'working', lanes: [{ lane: 'default' }] })
    t.equal((await http('/workers')).status, 403)
    const first = (await admin<Page>('/workers?limit=1&counts=true')).body
    const second = (await admin<Page>(`/workers?limit=1&cursor=${first.nextCursor}`)).body
    t.strictSame([...first.workers, ...second.workers], body.workers, 'page by page')
    t.equal(second.nextCursor, null)
    t.match(first, { counts: { alive: 2, running: 1, slots: 4 } })
    t.match(await admin('/workers?cursor=x'), { status: 400, body: { type: /REQUEST_INVALID/ } })
    t.strictSame((await admin<Page>('/workers?q=Curl%00')).body.workers, [], 'a search')
    t.equal((await admin(`/workers/${w}/quiet`, { method: 'POST' })).status, 202)
    t.equal((await admin(`/workers/${randomUUID()}/quiet`, { method: 'POST' })).status, 404)
    t.match(told.at(-1), { type: 'Quiet', data: { worker: w } })
    const beat = await http(`/workers/${w}/beat`, { body: { ...about, lanes: ['default'] } })
    t.match(beat.body, { quiet: true })
  })

  await t.test('what a worker that stops has goes back at once', async t => {
    await add('c', w)
    const stop = await http(`/workers/${w}/stop`, { body: { ...about, lanes: ['default'] } })
    t.equal(stop.status, 204)
    t.match(await job('c'), { state: 'ready', failures: 0 })
    await readBeats()
    t.equal((await http(`/workers/${w}/beat`, { body: { ...about, lanes: ['default'] } })).status, 410)
  })

  await t.test('a failure needs an error, and a reason that fits', async t => {
    t.match(await of('c', 'outcome', { worker: v, outcome: 'failed' }), {
      status: 400,
      body: { errors: [{ pointer: '/error' }] },
    })
    const wrong = { worker: v, outcome: 'returned', reason: 'timeout' }
    t.match(await of('c', 'outcome', wrong), { status: 400, body: { errors: [{ pointer: '/reason' }] } })
  })
})

const { kind, lane, addedAt } = storedJob('')
const due = {
  ...{ kind, lane, data: {}, failures: 0, strict: false, timeoutMs: null, softTimeoutMs: null },
  addedAt: addedAt.toISOString(),
  startBy: addedAt.toISOString(),
}
