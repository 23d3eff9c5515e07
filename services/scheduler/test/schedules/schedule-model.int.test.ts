import { makeStack, type Stack } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeScheduler, schedulesOf } from '../support/scheduler.ts'

test('the collection has the indexes for due schedules, idle schedules and events to publish', async t => {
  const stack = await makeStack(t)
  await makeScheduler(t, stack)
  const indexes = await schedulesOf(stack).indexes()
  t.strictSame(
    indexes.map(({ v, background, collation, ...index }) => ({ ...index, key: Object.entries(index.key) })),
    [
      { key: [['_id', 1]], name: '_id_' },
      { key: [['nextFireAt', 1]], name: 'due' },
      {
        key: [
          ['nextFireAt', 1],
          ['notIdleBefore', 1],
        ],
        name: 'idle',
        partialFilterExpression: { definition: { $exists: true } },
      },
      { key: [['outbox.storedAt', 1]], name: 'outbox', sparse: true },
    ],
  )
})

const storedIn =
  (stack: Stack) =>
  async (name: string): Promise<object> =>
    (await schedulesOf(stack).findOne({ _id: name })) ?? {}

test('a new end-of-day schedule has the fields that its creation writes, and no others', async t => {
  const stack = await makeStack(t)
  await makeScheduler(t, stack, { timeZones: ['UTC'] })
  const created = await storedIn(stack)('end-of-day:UTC')
  const fields = {
    _id: 'end-of-day:UTC',
    kind: 'end-of-day',
    timeZone: 'UTC',
    nextDay: String,
    nextFireAt: Date,
  }
  t.match(created, fields)
  t.strictSame(Object.keys(created).sort(), Object.keys(fields).sort())
})

test("an operator's schedule has the fields that operations write, and no others", async t => {
  const stack = await makeStack(t)
  const { put, post, tick, operator } = await makeScheduler(t, stack)
  const stored = storedIn(stack)
  await put('s', { every: 'PT1H' })
  const fields = ['_id', 'anchor', 'changes', 'definition', 'kind', 'nextFireAt', 'nextSlot', 'version']
  t.strictSame(Object.keys(await stored('s')).sort(), fields)
  t.strictSame(
    Object.keys(((await stored('s')) as unknown as { changes: object[] }).changes[0] ?? {}).sort(),
    ['action', 'at', 'by', 'definition', 'version'],
  )

  await tick(new Date(Date.now() + 3_600_000))
  await post('s/fire')
  const fired = (await stored('s')) as { stats: object; outbox: object[]; firedByHand: object[] }
  t.strictSame(
    Object.keys(fired).sort(),
    [...fields, 'firedByHand', 'firedByHandAt', 'firedIn', 'firings', 'outbox', 'stats'].sort(),
  )
  t.match(fired.stats, {
    fired: 1,
    missed: 0,
    caughtUp: 0,
    lastSlot: Date,
    lastFiredAt: Date,
    lateMs: Number,
  })
  t.strictSame(
    fired.outbox.map(entry => Object.keys(entry)),
    [
      ['event', 'storedAt'],
      ['event', 'storedAt'],
    ],
  )
  t.strictSame(
    fired.firedByHand.map(entry => Object.keys(entry).sort()),
    [['at', 'by', 'version']],
  )

  await operator('/schedules/s', { method: 'DELETE' })
  const gone = ['nextFireAt', 'nextSlot']
  t.strictSame(
    Object.keys(await stored('s')).sort(),
    [...Object.keys(fired), 'deletedAt'].filter(name => !gone.includes(name)).sort(),
  )
})
