import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeJobs, makeLimits, openLimits } from '../../support/limits.ts'

const NOW = Date.UTC(2026, 10, 25, 12)

test('a kind has no more jobs in hand than its limit, and a place is free again when an attempt has ended', async t => {
  const { admission, putKind, add, ready, send, end } = await makeLimits(t)
  await putKind('k', { inFlight: 3 })
  await add(makeJobs(5))
  const first = await admission.admit(await ready(), NOW)
  t.strictSame(
    first.map(({ job, places }) => [job._id, places]),
    [
      ['j000000', ['kind:k#0']],
      ['j000001', ['kind:k#1']],
      ['j000002', ['kind:k#2']],
    ],
  )
  t.equal((await send(first)).length, 3)
  t.strictSame(await admission.admit(await ready(), NOW), [])
  await end('j000001')
  const [next, ...others] = await admission.admit(await ready(), NOW)
  t.match([next?.job._id, next?.places, others], ['j000003', ['kind:k#1'], []])
})

test('a limit that is lowered or raised holds for new attempts', async t => {
  const { admission, putKind, add, ready, send, end } = await makeLimits(t)
  await putKind('k', { inFlight: 4 })
  await add(makeJobs(8))
  await send(await admission.admit(await ready(), NOW))
  await putKind('k', { inFlight: 2 })
  for (const id of ['j000000', 'j000001']) await end(id)
  t.strictSame(await admission.admit(await ready(), NOW), [], 'two are still in hand')
  await end('j000002')
  t.equal((await admission.admit(await ready(), NOW)).length, 1)
  await putKind('k', { inFlight: 5 })
  t.equal((await admission.admit(await ready(), NOW)).length, 4)
})

test('kinds share a limit in the order of the rank of their jobs', async t => {
  const { admission, putKind, putLimit, add, ready, send } = await makeLimits(t)
  await putLimit('disk', { inFlight: 2 })
  await putKind('a', { limits: ['disk'] })
  await putKind('b', { limits: ['disk'], inFlight: 1 })
  await add(makeJobs(5).map((job, i) => ({ ...job, kind: i < 2 ? 'b' : 'a' })))
  const admitted = await admission.admit(await ready(), NOW)
  t.strictSame(
    admitted.map(({ places }) => places),
    [['kind:b#0', 'limit:disk#0'], ['limit:disk#1']],
    'the second job of b does not fit, so a job of a gets the place',
  )
  t.equal((await send(admitted)).length, 2)
  t.strictSame(await admission.admit(await ready(), NOW), [])
})

test('two schedulers at once never exceed a limit', async t => {
  const stack = await makeStack(t)
  const [one, other] = [await openLimits(t, stack), await openLimits(t, stack)]
  await one.putKind('k', { inFlight: 5, perKey: 2 })
  const keys = ['a', 'b', 'c', 'd']
  await one.add(
    makeJobs(60).map((job, i) => ({ ...job, key: keys[i % 4], gate: `key:k/${keys[i % 4]}` }) as never),
  )
  const most = { all: 0, ofKey: 0 }
  const look = async () => {
    const inHand = await one.base.jobs.find({ state: 'sent' }, { gate: 1 }).lean()
    most.all = Math.max(most.all, inHand.length)
    for (const key of keys) {
      most.ofKey = Math.max(most.ofKey, inHand.filter(({ gate }) => gate === `key:k/${key}`).length)
    }
  }
  const run = async ({ admission, ready, send, end, base }: typeof one) => {
    while ((await base.jobs.countDocuments({ state: { $ne: 'succeeded' } })) > 0) {
      const sent = await send(await admission.admit(await ready(), NOW))
      await look()
      for (const id of sent) await end(id)
      await admission.release(keys.map(key => `key:k/${key}`))
    }
  }
  await Promise.all([run(one), run(other)])
  t.ok(most.all <= 5 && most.ofKey <= 2, `at most ${most.all} in hand, ${most.ofKey} of one key`)
  t.ok(most.all > 1)
})
