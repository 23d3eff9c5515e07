import { stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { takeDue } from '../../src/attempts/take-due.ts'
import { monotonic } from '../../src/handling/clock.ts'
import { stopWork } from '../../src/thread/stopping.ts'
import { fakeAttempts } from '../support/attempts.ts'
import { dueOf } from '../support/due.ts'

const read = { appendedAt: Date.now(), readAt: monotonic() }

/** Starts two attempts on two slots, and a third that waits. */
async function threeAttempts() {
  const attempts = fakeAttempts(2)
  for (const job of ['a', 'b', 'c'])
    takeDue(dueOf(job), read, new AbortController().signal, attempts.deps).catch(() => undefined)
  await new Promise(setImmediate)
  await attempts.acknowledge()
  attempts.log.length = 0
  return attempts
}

function stop(
  { deps, holds, log }: Awaited<ReturnType<typeof threeAttempts>>,
  hurry = new Promise<void>(() => {}),
) {
  return stopWork({
    holds,
    results: { ...deps.results, idle: async () => {} },
    beats: { now: () => void log.push('beat'), last: async () => void log.push('last beat') },
    setState: state => void log.push(state),
    stopReading: async () => void log.push('reads no more'),
    hurry,
    stopTimeout: 20_000,
    graceTime: 5000,
  })
}

t.test('what waits is returned, and handlers that end in time report what came of them', async t => {
  const attempts = await threeAttempts()
  const { holds, running, log, acknowledge } = attempts
  const stopped = stop(attempts)
  await acknowledge()
  t.strictSame(log, ['stopping', 'beat', 'JobReturned stopping c'])
  for (const hold of running) {
    holds.end(hold, { type: 'JobSucceeded', data: {} })
    holds.settle(hold)
  }
  await acknowledge()
  await stopped
  t.strictSame(log.slice(3), ['JobSucceeded a', 'JobSucceeded b', 'reads no more', 'stopped', 'last beat'])
})

t.test(
  'handlers that take longer are aborted, and after a grace time their attempts are returned',
  async t => {
    const time = stopTime(t)
    const attempts = await threeAttempts()
    const { log, acknowledge } = attempts
    const stopped = stop(attempts)
    await acknowledge()
    await time.pass(19_999)
    t.equal(log.length, 3)
    await time.pass(1)
    t.strictSame(log.slice(3), ['abort stopping a', 'abort stopping b'])
    await time.pass(5000)
    await stopped
    t.strictSame(log.slice(5, 7), ['JobReturned stopping a', 'JobReturned stopping b'])
  },
)

t.test('in a hurry handlers are aborted at once', async t => {
  const attempts = await threeAttempts()
  const { holds, running, log, acknowledge } = attempts
  const stopped = stop(attempts, Promise.resolve())
  await acknowledge()
  t.strictSame(log.slice(-2), ['abort stopping a', 'abort stopping b'])
  for (const hold of running) {
    holds.end(hold, { type: 'JobReturned', data: { reason: 'stopping' } })
    holds.settle(hold)
  }
  await acknowledge()
  await stopped
})
