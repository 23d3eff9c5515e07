import { test } from 'tap'
import { sweepLease } from '../../src/outbox/index.ts'
import { commandsOf, makeStack } from '../support/index.ts'

test('one process at a time sweeps an outbox, and another when the one before it has gone', async t => {
  const stack = await makeStack(t)
  const { db, writes } = await commandsOf(t, stack)
  const [one, two, other] = [sweepLease(db, 'events'), sweepLease(db, 'events'), sweepLease(db, 'runs')]
  t.ok(await one())
  t.notOk(await two())
  t.ok(await other(), 'each outbox has its own')
  const before = writes().length
  t.ok(await one(), 'it goes on')
  t.equal(writes().length, before, 'without a write for each page')
  // As if it had not renewed its lease for so long.
  const sweepers = db.collection<{ _id: string }>('outbox_sweepers')
  await sweepers.updateOne({ _id: 'events' }, { $set: { until: new Date(Date.now() - 1) } })
  t.ok(await two())
})

test('of many that begin at once one sweeps', async t => {
  const { db } = await makeStack(t)
  const answers = await Promise.all(Array.from({ length: 10 }, () => sweepLease(db, 'events')()))
  t.equal(answers.filter(Boolean).length, 1)
})
