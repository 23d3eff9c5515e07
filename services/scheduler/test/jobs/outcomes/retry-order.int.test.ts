import { makeStack, until } from '@daybook/shared/testing'
import { test } from 'tap'
import { retryJobs } from '../../../src/jobs/commands/retry-store.ts'
import { promoteDue } from '../../../src/jobs/dispatch/promote-due.ts'
import { readyJobs } from '../../../src/jobs/dispatch/ready-store.ts'
import { startGateSweep } from '../../../src/jobs/limits/gate-sweep.ts'
import { operator } from '../../support/limits.ts'
import { at, attemptOf, beat, makeOutcomes, report, T0 } from '../../support/outcomes.ts'

const failed = { reason: 'error', error: 'no luck', retry: true }
const anHourLater = (now: Date) => new Date(now.getTime() + 3_600_000)

test('a job that failed is overtaken by the next job of its key, and then waits for it', async t => {
  const { base, kinds, admission, add, apply, job } = await makeOutcomes(t, await makeStack(t))
  await kinds.put('k', { perKey: 1 }, operator)
  const gate = 'key:k/a'
  await add('first', { key: 'a', gate, places: [`${gate}#0`] })
  await add('second', { key: 'a', gate, state: 'held', attempt: 0, rank: at(1) })
  const sweep = startGateSweep(base, kinds)
  t.teardown(() => sweep.stop())
  await apply(
    beat('w', 0),
    report('JobStarted', attemptOf('w', 'first'), 1),
    report('JobFailed', { ...attemptOf('w', 'first'), ...failed }, 2),
  )
  t.equal((await job('first')).state, 'delayed')
  await until('the second is ready', async () => (await job('second')).state === 'ready')
  const [admitted] = await admission.admit([await job('second')], T0)
  const places = admitted?.places ?? []
  t.strictSame(places, [`${gate}#0`])
  await base.jobs.updateOne(
    { _id: 'second' },
    { $set: { state: 'sent', attempt: 1, startBy: at(15), places } },
  )

  await promoteDue({ base, kinds, ready: readyJobs(base) }, anHourLater(base.now()))
  t.equal((await job('first')).state, 'held', 'it is due again and waits for its key')
  await apply(
    report('JobStarted', attemptOf('w', 'second'), 3),
    report('JobSucceeded', attemptOf('w', 'second'), 4),
  )
  await until('the first is ready', async () => (await job('first')).state === 'ready')
})

test('a job keeps its priority when it is tried again, by itself or by hand', async t => {
  const { base, add, apply, job } = await makeOutcomes(t, await makeStack(t))
  const priorities = [1, 2, 3, 4, 5]
  for (const priority of priorities) await add(`job-${priority}`, { priority })
  const jobs = () => Promise.all(priorities.map(priority => job(`job-${priority}`)))
  const levels = async () =>
    (await jobs()).map(({ rank, dueAt }) => (rank.getTime() - dueAt.getTime()) / 300_000)
  const fail = (attempt: number, retry: boolean) =>
    apply(
      beat('w', attempt),
      ...priorities.flatMap(priority => [
        report('JobStarted', attemptOf('w', `job-${priority}`, attempt), attempt),
        report('JobFailed', { ...attemptOf('w', `job-${priority}`, attempt), ...failed, retry }, attempt),
      ]),
    )
  await fail(1, true)
  t.strictSame(await levels(), priorities)
  await base.jobs.updateMany({}, { $set: { state: 'sent', attempt: 2, startBy: at(15), rank: at(0) } })
  await fail(2, false)
  t.equal(await retryJobs(base.jobs, await jobs(), base.now()), 5)
  t.strictSame(await levels(), priorities)
})
