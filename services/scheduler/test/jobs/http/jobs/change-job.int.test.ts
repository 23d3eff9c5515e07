import { until } from '@daybook/shared/testing'
import t from 'tap'
import { finalStates, waitingStates } from '../../../../src/jobs/stored/job.ts'
import { makeJobApi } from '../../../support/job-api.ts'

const { alice, base, store, stored, told, finished, offered } = await makeJobApi(t)
const post = async (path: string) => (await alice<{ answer: string }>(path, { method: 'POST' })).body.answer

t.test('a job that waits is cancelled at once, once', async t => {
  const freed: string[] = []
  base.signals.on('gatesFreed', gates => freed.push(...gates))
  for (const state of waitingStates) {
    const id = `cancel-${state}`
    await store(id, { state, gate: `key:${state}`, group: 'g', attempt: 2, expiresAt: new Date() })
    t.equal(await post(`/jobs/${id}/cancel`), 'cancelled')
    const { finishedAt, removeAt, outbox, expiresAt, ...job } = await stored(id)
    t.match(job, { state: 'cancelled', attempt: 2 })
    t.ok(finishedAt && removeAt && removeAt > finishedAt)
    t.equal(expiresAt, undefined)
    t.match(outbox, [{ event: { type: 'JobFinished', data: { job: id, state: 'cancelled', group: 'g' } } }])
    t.match(offered.at(-1), { document: id, event: { type: 'JobFinished' } })
    t.match(finished.at(-1), { id, state: 'cancelled', group: 'g', gate: `key:${state}` })
    t.equal(await post(`/jobs/${id}/cancel`), 'too late')
    t.equal((await stored(id)).outbox?.length, 1)
  }
  t.strictSame(freed, ['key:delayed', 'key:ready', 'key:held'])
  t.strictSame(told, [])
})

t.test('a continuation that wants any end is added after a cancelled job', async t => {
  await store('with-finish', { then: '{"kind":"next","on":"finish"}' })
  await store('with-success', { then: '{"kind":"next"}' })
  await post('/jobs/with-finish/cancel')
  await post('/jobs/with-success/cancel')
  const next = await until('the continuation is added', async () => stored('with-finish:then'))
  t.match(next, { kind: 'next', cause: /"state":"cancelled"/ })
  t.equal((await stored('with-success')).thenDue, undefined)
})

t.test('the worker of a job in hand is asked, as often as somebody asks', async t => {
  for (const state of ['sent', 'running'] as const) {
    const id = `cancel-${state}`
    await store(id, { state, attempt: 3 })
    t.equal(await post(`/jobs/${id}/cancel`), 'asked')
    t.strictSame(told.splice(0), [{ job: id, attempt: 3 }])
    const first = await stored(id)
    t.match(first, { state, attempt: 3 })
    t.ok(first.cancelAskedAt)
    t.equal(await post(`/jobs/${id}/cancel`), 'asked')
    t.equal(told.splice(0).length, 1)
    t.strictSame((await stored(id)).cancelAskedAt, first.cancelAskedAt)
  }
})

t.test('an ended job stays as it is', async t => {
  for (const state of finalStates) {
    await store(`ended-${state}`, { state })
    const before = await stored(`ended-${state}`)
    t.equal(await post(`/jobs/ended-${state}/cancel`), 'too late')
    t.strictSame(await stored(`ended-${state}`), before)
  }
})

t.test('a job that failed, was cancelled or expired is retried, and forgets how it ended', async t => {
  let woken = 0
  base.signals.on('work', () => (woken += 1))
  for (const state of ['failed', 'cancelled', 'expired'] as const) {
    const id = `retry-${state}`
    const failure = { failures: 10, crashes: 2, reason: 'error', error: 'Error: x', thenDue: true }
    const attempts = [{ attempt: 10, endedAt: new Date(), outcome: 'failed' as const }]
    await store(id, { state, attempt: 10, attempts, cancelAskedAt: new Date(), ...failure })
    t.equal(await post(`/jobs/${id}/retry`), 'retried')
    const job = await stored(id)
    t.match(job, { state: 'delayed', attempt: 10, attempts, failures: 0, crashes: 0 })
    for (const field of ['finishedAt', 'removeAt', 'reason', 'error', 'thenDue', 'cancelAskedAt'])
      t.notOk(field in job, field)
    t.ok(job.dueAt <= base.now())
    t.equal(await post(`/jobs/${id}/retry`), 'not ended', 'retrying twice is retrying once')
  }
  t.equal(woken, 3)
})

t.test('a job that has not ended, or succeeded, is not retried', async t => {
  for (const state of [...waitingStates, 'sent', 'running', 'succeeded'] as const) {
    await store(`keep-${state}`, { state })
    const before = await stored(`keep-${state}`)
    t.equal(await post(`/jobs/keep-${state}/retry`), state === 'succeeded' ? 'succeeded' : 'not ended')
    t.strictSame(await stored(`keep-${state}`), before)
  }
})

t.test('a job that is retried and ends again tells so by another event', async t => {
  await store('again')
  await post('/jobs/again/cancel')
  await post('/jobs/again/retry')
  await post('/jobs/again/cancel')
  const ids = (await stored('again')).outbox?.map(({ event }) => event.id)
  t.equal(new Set(ids).size, 2)
})

t.test('cancelling races with what the job does meanwhile: one end, and an answer that is true', async t => {
  for (let n = 0; n < 30; n += 1) {
    const id = `race-${n}`
    await store(id)
    const send = base.jobs.updateOne(
      { _id: id, state: 'ready' },
      { $set: { state: 'sent', attempt: 1, worker: 'w' } },
    )
    const [answer] = await Promise.all([post(`/jobs/${id}/cancel`), send])
    const { state, cancelAskedAt } = await stored(id)
    if (answer === 'asked') t.ok(state === 'sent' && cancelAskedAt)
    else t.strictSame([answer, state], ['cancelled', 'cancelled'])
  }
})
