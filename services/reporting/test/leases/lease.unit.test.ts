import { stopTime } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { LEASE_MS, underLease } from '../../src/leases/lease.ts'
import type { Run } from '../../src/runs/run-model.ts'

const read: Run = {
  _id: '2026-11-22@UTC',
  day: '2026-11-22',
  timeZone: 'UTC',
  state: 'writing',
  createdAt: new Date(),
}

/** Makes the lease of one run in memory, and counts its writes. */
function setUp(t: Test) {
  const time = stopTime(t)
  const held = { owner: '', until: 0, writes: 0 }
  const runs = {
    async lease(_: Run, owner: string) {
      if (held.owner !== owner && held.until >= Date.now()) return false
      Object.assign(held, { owner, until: Date.now() + LEASE_MS, writes: held.writes + 1 })
      return true
    },
  }
  return { time, held, runs }
}

t.test('a long step keeps its lease by renewing it after half of its duration', async t => {
  const { time, held, runs } = setUp(t)
  const end = Promise.withResolvers<boolean>()
  let lostLease = true
  const working = underLease(read, { owner: 'one', leases: runs }, async lost => {
    const further = await end.promise
    lostLease = lost.aborted
    return further
  })
  await time.pass(0)
  for (let passed = 0; passed < 4 * LEASE_MS; passed += LEASE_MS / 2) {
    await time.pass(LEASE_MS / 2)
    t.notOk(
      await underLease(read, { owner: 'two', leases: runs }, async () =>
        t.fail('two processes do the step at the same time'),
      ),
    )
  }
  t.equal(held.writes, 9, 'the lease is taken once, and renewed after each half of its duration')
  end.resolve(true)
  t.ok(await working)
  t.notOk(lostLease)
  await time.pass(4 * LEASE_MS)
  t.equal(held.writes, 9, 'the lease is not renewed after the step has ended')
})

t.test('a step whose process was paused for too long sees that its lease is lost', async t => {
  const { time, held, runs } = setUp(t)
  const working = underLease(read, { owner: 'one', leases: runs }, async lost => {
    Object.assign(held, { owner: 'two', until: Number.POSITIVE_INFINITY })
    await time.pass(LEASE_MS / 2)
    return !lost.aborted
  })
  t.notOk(await working)
})

t.test('a lease that cannot be renewed counts as lost', async t => {
  const { time, runs } = setUp(t)
  let calls = 0
  const failing = {
    lease: (run: Run, owner: string) => {
      calls += 1
      return calls === 1 ? runs.lease(run, owner) : Promise.reject(new Error('away'))
    },
  }
  const working = underLease(read, { owner: 'one', leases: failing }, async lost => {
    await time.pass(LEASE_MS / 2)
    return !lost.aborted
  })
  t.notOk(await working)
})
