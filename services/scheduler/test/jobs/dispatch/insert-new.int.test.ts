import { makeStack, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import type { Dispatching } from '../../../src/jobs/dispatch/open-dispatch.ts'
import type { Job } from '../../../src/jobs/stored/job.ts'
import { makeJobs, onlyWorker, watchLane } from '../../support/dispatching.ts'

async function setUp(t: Test) {
  const stack = await makeStack(t)
  const jobs = await makeJobs(t, stack)

  /** Inserts new jobs again and again, until the first of them is sent at once. Returns how these were stored. */
  async function insertAtOnce({ insertNew }: Dispatching, ...given: Partial<Job>[]): Promise<Job[]> {
    return until('the first job is sent as it is inserted', async () => {
      const { made, inserted, insert } = jobs.newJobs(...given)
      await insertNew(made, insert)
      jobs.base.signals.emit('work', undefined)
      return inserted[0]?.state === 'sent' && inserted
    })
  }
  return { stack, ...jobs, insertAtOnce, sent: await watchLane(t, stack) }
}

test('a new job is stored as sent, and published, while none waits', async t => {
  const { dispatch, beat, insertAtOnce, sent, stack } = await setUp(t)
  await beat(onlyWorker({ slots: 1000 }))
  const [job] = await insertAtOnce(await dispatch(), {})
  t.match(job, { state: 'sent', attempt: 1, worker: 'w' })
  const due = await until('it is published', () => sent().find(one => one.job === job?._id))
  t.match(due, { attempt: 1, startBy: job?.startBy?.toISOString() })
  await until(
    'no note is left',
    async () => (await stack.db.collection('job_dispatches').countDocuments()) === 0,
  )
})

test('jobs that a limit concerns, or that can change before they are sent, wait for a turn', async t => {
  const { dispatch, beat, insertAtOnce, rules, base } = await setUp(t)
  const kinds = ['k', 'paused', 'rate', 'inFlight', 'perKey', 'limits', 'failing']
  await beat(onlyWorker({ slots: 1000, kinds }))
  rules.set('paused', { paused: true })
  rules.set('rate', { rate: { limit: 1, perMs: 1000, windowMs: 100, burst: 1 } })
  rules.set('inFlight', { inFlight: 1 })
  rules.set('perKey', { perKey: 1 })
  rules.set('limits', { limits: ['shared'] })
  const admit = async (jobs: readonly Job[]) =>
    jobs.map(job => ({ job, places: job.kind === 'failing' ? [`probe:${job._id}#0`] : [] }))
  const later = new Date(base.now().getTime() + 60_000)
  const inserted = await insertAtOnce(
    await dispatch({ admission: { admit } as never }),
    {},
    ...kinds.slice(1).map(kind => ({ kind })),
    { gate: 'series:s' },
    { slot: `slot-${Math.random()}` },
    { expiresAt: later },
    { kind: 'unknown' },
    { state: 'delayed', dueAt: later },
  )
  t.strictSame(
    inserted.slice(1).filter(({ state }) => state === 'sent'),
    [],
  )
})

test('no more jobs are sent at once than slots are free', async t => {
  const { dispatch, beat, newJobs, endAll, count } = await setUp(t)
  await beat(onlyWorker({ slots: 2 }))
  const { insertNew } = await dispatch({ sentAheadMs: 0 })
  const states = await until('both slots are known to be free', async () => {
    await endAll('w')
    if ((await count({ state: 'ready' })) > 0) return false
    const { made, inserted, insert } = newJobs({}, {}, {})
    await insertNew(made, insert)
    return inserted[1]?.state === 'sent' && inserted.map(({ state }) => state)
  })
  t.strictSame(states, ['sent', 'sent', 'ready'])
})

test('a job that was not stored, because its id is taken, is not published', async t => {
  const { dispatch, beat, newJobs, sent } = await setUp(t)
  await beat(onlyWorker({ slots: 1000 }))
  const { insertNew } = await dispatch()
  const refused: string[] = []
  const stored = await until('a job is sent as it is inserted', async () => {
    const { made, inserted, insert } = newJobs({}, {})
    await insertNew(made, async planned => {
      refused.push(planned[1]?._id as string)
      await insert(planned.slice(0, 1))
      return [true, false]
    })
    return inserted[0]?.state === 'sent' && inserted[0]
  })
  await until('it is published', () => sent().some(({ job }) => job === stored._id))
  t.strictSame(
    sent().filter(({ job }) => refused.includes(job)),
    [],
  )
})

test('a job that was sent at once is published by another dispatcher after a crash', async t => {
  const { dispatch, beat, kafka, newJobs, base, sent, stack } = await setUp(t)
  await beat(onlyWorker({ slots: 1000 }))
  const hold = Promise.withResolvers<{ appendedAt: undefined }>()
  let isDead = false
  const publish: typeof kafka.publish = (...given) => (isDead ? hold.promise : kafka.publish(...given))
  const { insertNew } = await dispatch({ kafka: { ...kafka, publish }, leftAfterMs: 3_600_000 })
  const job = await until('a job is sent as it is inserted', async () => {
    const { made, inserted, insert } = newJobs({})
    await insertNew(made, planned => {
      isDead = planned[0]?.state === 'sent'
      return insert(planned)
    })
    base.signals.emit('work', undefined)
    return isDead && inserted[0]
  })
  await stack.db.collection('job_dispatchers').deleteMany({})
  await dispatch({ leftAfterMs: 50 })
  await until('another dispatcher publishes it', () => sent().some(one => one.job === job._id))
  hold.resolve({ appendedAt: undefined })
  t.pass()
})
