import { LONG, makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import type { Kind } from '../../../src/jobs/kinds/kind.ts'
import { openLimits, operator } from '../../support/limits.ts'
import { at, attemptOf, beat, makeOutcomes, report, storedJob } from '../../support/outcomes.ts'

type Outcomes = Awaited<ReturnType<typeof makeOutcomes>>

const JOBS = LONG ? 10_000 : 500
const DELAY = 20
const ids = (count: number, prefix = 'j') => Array.from({ length: count }, (_, i) => `${prefix}${i}`)

/** Attempts start and end so, in one batch. */
async function end({ apply }: Outcomes, jobs: string[], how: object, { attempt = 1, seconds = 1 } = {}) {
  const reports = jobs.flatMap(id => [
    report('JobStarted', attemptOf('w', id, attempt), seconds),
    'error' in how
      ? report('JobFailed', { ...attemptOf('w', id, attempt), reason: 'error', retry: true, ...how }, seconds)
      : report('JobSucceeded', attemptOf('w', id, attempt), seconds),
  ])
  await apply(beat('w', seconds), ...reports)
}
const failed = { error: 'the mail server is away' }

/** Jobs of the kind `k` with an attempt in hand. */
async function sent(outcomes: Outcomes, jobs: string[]) {
  await outcomes.addMany(jobs.map(id => storedJob(id)))
  return jobs
}

/** Two schedulers on one stack; the first reads the results. */
async function setUp(t: Parameters<typeof makeOutcomes>[0]) {
  const stack = await makeStack(t)
  const outcomes = await makeOutcomes(t, stack)
  const backoff = { initial: `PT${DELAY}S`, jitter: 0.5 }
  await outcomes.kinds.put('k', { backoff, attempts: 20 }, operator)
  return { outcomes, other: await openLimits(t, stack) }
}

test('the retries of jobs that fail together are spread, and one attempt tries whether the kind works again', async t => {
  const { outcomes, other } = await setUp(t)
  const { base, admission, job } = outcomes
  await end(outcomes, await sent(outcomes, ids(JOBS)), failed)
  const delayed = await base.jobs.find({ state: 'delayed' }).sort({ dueAt: 1 }).lean()
  t.equal(delayed.length, JOBS)
  const most = JOBS / 5
  const crowded = delayed.filter(({ dueAt }, i) => {
    const next = delayed[i + most]
    return next !== undefined && Number(next.dueAt) < Number(dueAt) + 1000
  })
  t.equal(crowded.length, 0, 'no second has more than a fifth of the retries')

  await base.jobs.updateMany({}, { $set: { state: 'ready' } })
  const admitted = async (seconds: number) => {
    const now = Number(at(seconds))
    const both = [admission.admit(await other.ready(), now), other.admission.admit(await other.ready(), now)]
    const won = (await Promise.all(both)).map(one => other.send(one))
    return (await Promise.all(won)).flat()
  }
  t.strictSame(await admitted(DELAY), [], 'the delay counts from the last failure')
  const kind = (await other.kinds.get('k')) as Kind
  t.equal(await admission.limitReason(kind, delayed[1] as never, Number(at(DELAY))), 'failing')
  t.strictSame([...(await admission.failing(['k', 'other']))], ['k'])

  const first = await admitted(1 + DELAY)
  t.equal(first.length, 1)
  t.strictSame(await admitted(100 * DELAY), [], 'while it is in hand, no other is sent')
  const again = async (id: string, how: object, seconds: number) => {
    await base.jobs.updateOne({ _id: id }, { $set: { attempt: 2, startBy: at(seconds) } })
    await end(outcomes, [id], how, { attempt: 2, seconds })
  }
  await again(first[0] as string, failed, 30)
  t.strictSame(await admitted(29 + DELAY), [], 'after a probe that failed the next one waits')
  const second = await admitted(30 + DELAY)
  t.equal(second.length, 1)
  t.match(await job(second[0] as string), { failures: 1 }, 'waiting costs no attempt')
  await again(second[0] as string, {}, 60)
  const all = await admission.admit(await other.ready(), Number(at(60)))
  t.equal(all.length, JOBS - 2, 'one success ends it')
})

test('a kind is failing after 20 failures in a row, whoever records them', async t => {
  const stack = await makeStack(t)
  const [one, other] = [await makeOutcomes(t, stack), await makeOutcomes(t, stack)]
  const isFailing = async () => (await one.admission.failing(['k'])).has('k')
  await end(one, await sent(one, ids(19, 'a')), failed)
  t.notOk(await isFailing())
  await end(other, await sent(one, ['b']), {}, { seconds: 2 })
  await end(one, await sent(one, ids(19, 'c')), failed, { seconds: 3 })
  t.notOk(await isFailing(), 'the other process has recorded a success in between')
  await end(other, await sent(one, ids(30, 'd')), { ...failed, retry: false }, { seconds: 4 })
  t.notOk(await isFailing(), 'jobs with bad data do not count')
  await end(other, await sent(one, ['e']), failed, { seconds: 5 })
  t.ok(await isFailing())
  await end(one, await sent(one, ['f']), {}, { seconds: 6 })
  t.notOk(await isFailing(), 'the success of an attempt that was in hand ends it too')
})
