import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import { emptyDay } from '../../src/reruns/day-result.ts'
import { type Order, openReruns } from '../../src/reruns/rerun-store.ts'

const day = (n: number) => new Date(Date.UTC(2026, 0, n)).toISOString().slice(0, 10)
const order = (days: number, userId?: string): Order => ({
  ...{ from: day(1), to: day(days), by: 'operator' },
  days: Array.from({ length: days }, (_, i) => ({ day: day(i + 1), timeZone: 'UTC' })),
  ...(userId === undefined ? {} : { userId }),
})

t.test('a rerun is overdue once it has its turn, and from then on', async t => {
  const { db } = await makeStack(t)
  const reruns = await openReruns(db)
  const [first, second] = [await reruns.add(order(9)), await reruns.add(order(1))]
  const names = new Map([first, second].map(({ _id }, i) => [_id, ['first', 'second'][i]]))
  const overdue = async (before: Date) => (await reruns.overdue(before)).map(({ _id }) => names.get(_id))
  const later = () => new Date(Date.now() + 1000)
  const inHand = async () => reruns.inHand(await reruns.unfinished())
  /** Sets the times of all reruns back. */
  const pass = async () => {
    const earlier = (field: string) => ({
      $cond: [{ $eq: [{ $type: `$${field}` }, 'date'] }, { $subtract: [`$${field}`, 60_000] }, '$$REMOVE'],
    })
    await db
      .collection('reruns')
      .updateMany({}, [{ $set: { advancedAt: earlier('advancedAt'), begunAt: earlier('begunAt') } }])
  }

  t.strictSame(await overdue(later()), ['first'], 'nobody begins the one whose turn it is')
  for (const one of await inHand()) t.equal(await reruns.follow(one), true)
  t.strictSame(await overdue(later()), ['first'])
  t.strictSame(await overdue(new Date(Date.now() - 1000)), [])

  await pass()
  for (const one of await inHand()) t.equal(await reruns.finishDay(one, emptyDay), true)
  const recent = new Date(Date.now() - 1000)
  t.strictSame(await overdue(recent), [], 'while others advance, the second one waits for its turn')
  const [ninth, only] = await inHand()
  if (ninth === undefined || only === undefined) throw new Error('two days are left')
  t.equal(await reruns.follow(only), true)
  t.strictSame(await overdue(recent), [], 'its time begins with its turn')
  await pass()
  t.strictSame(await overdue(recent), ['first', 'second'])
  t.equal(await reruns.finishDay(ninth, emptyDay), true)
  t.equal(await reruns.finish(first._id), true)
  t.strictSame(await overdue(recent), ['second'])
})

t.test('an order for one user does not wait for its turn', async t => {
  const { db } = await makeStack(t)
  const reruns = await openReruns(db)
  const [all, ofUser] = [await reruns.add(order(9)), await reruns.add(order(1, 'alice'))]
  const found = await reruns.overdue(new Date(Date.now() + 1000))
  t.strictSame(found.map(({ _id }) => _id).sort(), [all._id, ofUser._id])
})

t.test('a rerun that an earlier version has begun is overdue', async t => {
  const { db } = await makeStack(t)
  const reruns = await openReruns(db)
  const { _id } = await reruns.add(order(1))
  const [one] = await reruns.inHand([_id])
  if (one !== undefined) await reruns.follow(one)
  await db.collection('reruns').updateOne({}, { $unset: { begunAt: '' } })
  t.match(await reruns.overdue(new Date(Date.now() + 1000)), [{ _id }])
})
