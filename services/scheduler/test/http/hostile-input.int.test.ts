import { makeStack, token, withstandsHostileInput } from '@daybook/shared/testing'
import { test } from 'tap'
import { startScheduler } from '../support/scheduler.ts'

test('no path, query, header or body makes the service fail', async t => {
  const { url, put, operator } = await startScheduler(t, await makeStack(t), { LANE_PARTITIONS: '1' })
  await put('nightly', { every: 'PT1H' })
  await put('/kinds/nightly', {})
  // One id for a job, the group and the worker that runs it.
  const headers = { 'idempotency-key': 'hostile' }
  const { id } = (await operator<{ id: string }>('/jobs', { body: { kind: 'nightly' }, headers })).body
  await operator('/jobs/batch', { body: { group: id, jobs: [], close: false } })
  const worker = { worker: id, name: 'hostile', kinds: ['nightly'], wait: 30 }
  await operator('/lanes/default/claim', { body: worker })
  t.equal((await operator(`/jobs/${id}/attempts/1/start`, { body: { worker: id } })).status, 200)
  const path = { name: 'nightly', lane: 'default', id, n: '1' }
  await withstandsHostileInput(t, url, { token: await token('operator', { admin: true }), path })
})
