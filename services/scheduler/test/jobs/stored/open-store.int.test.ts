import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { openJobsOrWorkers } from '../../../src/jobs/stored/open-store.ts'
import { makeJobs, onlyWorker } from '../../support/dispatching.ts'

test('the store has work while a job is open or a worker has not stopped', async t => {
  const { base, add, beat } = await makeJobs(t, await makeStack(t))
  const hasWork = openJobsOrWorkers(base.jobs, base.workers)
  const ended = ['succeeded', 'failed', 'cancelled', 'expired'] as const
  await add(...ended.map(state => ({ state })))
  await beat(onlyWorker({ state: 'stopped' }))
  t.equal(await hasWork(), false)
  const open = [
    { state: 'delayed', dueAt: new Date(Date.now() + 86_400_000) },
    { state: 'ready' },
    { state: 'held', gate: 'g' },
    { state: 'sent', worker: 'w' },
    { state: 'running', worker: 'w' },
  ] as const
  for (const job of open) {
    await add({ _id: 'one', ...job })
    t.equal(await hasWork(), true, job.state)
    await base.jobs.deleteOne({ _id: 'one' })
    t.equal(await hasWork(), false)
  }
  for (const state of ['working', 'quiet', 'stopping'] as const) {
    await beat(onlyWorker({ state }))
    t.equal(await hasWork(), true, state)
  }
})
