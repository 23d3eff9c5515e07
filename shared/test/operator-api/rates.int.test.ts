import { test } from 'tap'
import { openRates } from '../../src/operator-api/rate-store.ts'
import { makeStack, silent } from '../support/index.ts'

test('the counts of all processes of a service are added up by minute, and survive their ends', async t => {
  const { db } = await makeStack(t)
  const open = (service: string) => openRates(db, service, { log: silent, fail: t.fail })
  const from = new Date(Date.now() - 120_000)
  const [a, b, other] = await Promise.all([open('tasks'), open('tasks'), open('reporting')])
  a.count('events', 3)
  a.count('events')
  a.count('published', 0)
  b.count('events', 5)
  b.count('published', 2)
  other.count('events', 100)
  await Promise.all([a.stop(), b.stop(), other.stop()])
  const again = await open('tasks')
  again.count('events', 7)
  await again.stop()
  const sums = { events: 0, published: 0 }
  for (const { counts } of await again.read(from)) {
    sums.events += counts.events ?? 0
    sums.published += counts.published ?? 0
  }
  t.strictSame(sums, { events: 16, published: 2 })
  t.strictSame(await again.read(new Date(Date.now() + 120_000)), [])
  const [index] = (await db.collection('rates').indexes()).filter(({ name }) => name === 'old')
  t.equal(index?.expireAfterSeconds, 90_000)
})
