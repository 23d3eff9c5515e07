import { test } from 'tap'
import { sweepLease } from '../../src/outbox/index.ts'
import { commandsOf, makeStack } from '../support/index.ts'

test('one process at a time sweeps an outbox, and another takes over after the lease expires', async t => {
  const stack = await makeStack(t)
  const { db, writes } = await commandsOf(t, stack)
  const [one, two, other] = [sweepLease(db, 'events'), sweepLease(db, 'events'), sweepLease(db, 'runs')]
  t.ok(await one())
  t.notOk(await two())
  t.ok(await other(), 'each outbox has its own lease')
  const before = writes().length
  t.ok(await one(), 'the owner keeps the lease')
  t.equal(writes().length, before, 'a renewal does not write each time')
  // As if the owner had not renewed its lease in time.
  const sweepers = db.collection<{ _id: string }>('outbox_sweepers')
  await sweepers.updateOne({ _id: 'events' }, { $set: { until: new Date(Date.now() - 1) } })
  t.ok(await two())
})

test('one of many processes that start at the same time sweeps', async t => {
  const { db } = await makeStack(t)
  const answers = await Promise.all(Array.from({ length: 10 }, () => sweepLease(db, 'events')()))
  t.equal(answers.filter(Boolean).length, 1)
})
