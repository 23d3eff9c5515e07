import { test } from 'tap'
import { sweepLease } from '../../src/outbox/index.ts'
import { commandsOf, makeStack } from '../support/index.ts'

// test/simulation/contracts/sweep-lease.ts has the tests about who holds a lease.
test('a lease is not written each time that its owner asks', async t => {
  const stack = await makeStack(t)
  const { db, writes } = await commandsOf(t, stack)
  const lease = sweepLease(db, 'events')
  t.ok(await lease())
  const before = writes().length
  t.ok(await lease())
  t.equal(writes().length, before)
})
