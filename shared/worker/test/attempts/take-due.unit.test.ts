import { until } from '@daybook/shared/testing'
import t from 'tap'
import { giveBack } from '../../src/attempts/holds.ts'
import { takeDue } from '../../src/attempts/take-due.ts'
import { monotonic } from '../../src/handling/clock.ts'
import { returned } from '../../src/handling/outcome.ts'
import { fakeAttempts } from '../support/attempts.ts'
import { dueOf } from '../support/due.ts'

const read = () => ({ appendedAt: Date.now(), readAt: monotonic() })
const never = new AbortController().signal
const turn = () => new Promise(setImmediate)

/** Takes an attempt. `committed` is true when its record may be committed. */
function take(due: Parameters<typeof takeDue>[0], deps: Parameters<typeof takeDue>[3], interrupted = never) {
  const taken = { committed: false, done: takeDue(due, read(), interrupted, deps) }
  taken.done.then(
    () => {
      taken.committed = true
    },
    () => undefined,
  )
  return taken
}

t.test(
  'a record may be committed only after the broker has the start, and then the handler runs',
  async t => {
    const { deps, running, log, acknowledge } = fakeAttempts(1)
    const taken = take(dueOf('a'), deps)
    await turn()
    t.strictSame([log, taken.committed, running.length], [['JobStarted a'], false, 0])
    await acknowledge()
    t.strictSame([taken.committed, running.length], [true, 1])
  },
)

t.test('an attempt waits for a slot, and its record is not committed meanwhile', async t => {
  const { deps, holds, running, log, acknowledge } = fakeAttempts(1)
  take(dueOf('a'), deps)
  const second = take(dueOf('b'), deps)
  await turn()
  await acknowledge()
  t.strictSame([log, second.committed], [['JobStarted a'], false])
  for (const hold of running) holds.settle(hold)
  await turn()
  await acknowledge()
  t.strictSame([log, second.committed], [['JobStarted a', 'JobStarted b'], true])
})

t.test(
  'an attempt that was started before is skipped; while its start is on the way, the copy waits too',
  async t => {
    const { deps, log, acknowledge } = fakeAttempts(2)
    take(dueOf('a'), deps)
    await turn()
    const copy = take(dueOf('a'), deps)
    await turn()
    t.notOk(copy.committed)
    await acknowledge()
    t.ok(copy.committed)
    await takeDue(dueOf('a'), read(), never, deps)
    t.strictSame(log, ['JobStarted a'])
  },
)

t.test('what the worker does not take is returned before its record is committed', async t => {
  const { deps, log, acknowledge } = fakeAttempts(1, { refusal: () => 'unknown-kind' })
  const taken = take(dueOf('a'), deps)
  await turn()
  t.strictSame([log, taken.committed], [['JobReturned unknown-kind a'], false])
  await acknowledge()
  t.ok(taken.committed)
})

t.test('an attempt whose time has passed while it waited for a slot is returned', async t => {
  const { deps, log, acknowledge } = fakeAttempts(0)
  const taken = take(dueOf('a', { startBy: new Date(Date.now() - 1).toISOString() }), deps)
  await until('it is returned', () => log.length > 0)
  await acknowledge()
  t.strictSame([log, taken.committed], [['JobReturned late a'], true])
})

t.test(
  'an attempt that waits when its partition goes to another worker is neither reported nor committed',
  async t => {
    const { deps, holds, log } = fakeAttempts(0)
    const interruption = new AbortController()
    const taken = take(dueOf('a'), deps, interruption.signal)
    await turn()
    interruption.abort(new Error('rebalance'))
    await t.rejects(taken.done, { message: 'rebalance' })
    t.strictSame([log, holds.all(), taken.committed], [[], [], false])
  },
)

t.test(
  'an attempt that is cancelled while its start is on the way is returned, and its slot is free',
  async t => {
    const { deps, holds, running, log, acknowledge } = fakeAttempts(1)
    take(dueOf('a'), deps)
    await turn()
    for (const hold of holds.all()) holds.abort(hold, 'cancelled')
    await acknowledge()
    take(dueOf('b'), deps)
    await turn()
    t.strictSame([log, running], [['JobStarted a', 'JobReturned cancelled a', 'JobStarted b'], []])
  },
)

t.test('a strict attempt that may not start does not run, and is returned', async t => {
  const { deps, holds, running, log, acknowledge } = fakeAttempts(1, {
    strictStart: async () => returned('lost'),
  })
  const taken = take(dueOf('a', { strict: true }), deps)
  await turn()
  await acknowledge()
  await acknowledge()
  t.strictSame([running, holds.all(), taken.committed], [[], [], true])
  t.strictSame(log, ['JobStarted a', 'JobReturned lost a'])
})

t.test('only the first outcome of an attempt is reported, and none after it is lost', async t => {
  const { deps, holds, running, log, acknowledge } = fakeAttempts(2)
  for (const job of ['a', 'b']) take(dueOf(job), deps)
  await turn()
  await acknowledge()
  const [a, b] = running
  if (a === undefined || b === undefined) throw new Error('two attempts must run')
  giveBack(holds, a, 'late')
  giveBack(holds, a, 'stopping')
  holds.lose(b)
  giveBack(holds, b, 'stopping')
  await acknowledge()
  t.strictSame(log.slice(2), ['JobReturned late a', 'abort lost b'])
  t.strictSame(holds.all(), [])
})
