import { stopTime } from '@daybook/shared/testing'
import t, { type Test } from 'tap'
import { startPace } from '../../src/pace/pace.ts'
import type { StoredLimit } from '../../src/pace/writer-limit-store.ts'

/** A pace whose stored limit the test sets. `reserved` has the files that were reserved in total. */
function makePace(t: Test, first: Partial<StoredLimit>) {
  const time = stopTime(t)
  const stored = { limit: { perProcess: null, total: null, version: 1, ...first }, waits: [] as number[] }
  const reserved: number[] = []
  let reads = 0
  const limits = {
    read: async () => {
      reads += 1
      return stored.limit
    },
    reserve: async (files: number, version: number) => {
      reserved.push(files)
      return version === stored.limit.version ? (stored.waits.shift() ?? 0) : undefined
    },
  }
  const pace = startPace(limits, error => void t.fail(error.message))
  t.teardown(() => pace.stop())
  const begun: number[] = []
  const start = performance.now()
  let beats = 0
  const heartbeat = async () => {
    beats += 1
  }
  const write = async (files: number) => {
    await pace.wait(files, heartbeat)
    begun.push(Math.round(performance.now() - start))
  }
  return { time, pace, stored, reserved, begun, write, reads: () => reads, beats: () => beats }
}

t.test('without a limit nothing waits and nothing is asked', async t => {
  const { reserved, begun, write, reads } = makePace(t, {})
  for (let i = 0; i < 10; i += 1) await write(2500)
  t.strictSame(begun, Array(10).fill(0))
  t.strictSame(reserved, [])
  t.ok(reads() <= 2, 'only at the start')
})

t.test('batches of a process begin when the files before them have taken their time', async t => {
  const { time, pace, begun, write, beats } = makePace(t, { perProcess: 100 })
  const all = Promise.all([write(50), write(300), write(10)])
  await time.pass(0)
  t.ok(pace.isWaiting())
  await time.skipUntil(all)
  t.match(begun, [0, 500, 3500])
  t.ok(beats() >= 4, 'a heartbeat each second')
  t.notOk(pace.isWaiting())
})

t.test('a changed limit holds at once, also for what waits', async t => {
  const { time, pace, stored, begun, write } = makePace(t, { perProcess: 1 })
  await write(1000)
  const waiting = write(10)
  await time.pass(1000)
  t.equal(begun.length, 1)
  stored.limit = { perProcess: null, total: null, version: 2 }
  pace.use(stored.limit)
  await time.pass(0)
  await waiting
  t.ok((begun[1] ?? 0) < 2000)
})

t.test('a limit that another process has changed is noticed within seconds', async t => {
  const { time, stored, begun, write } = makePace(t, { total: 1 })
  stored.waits.push(0, 1_000_000)
  await write(1000)
  const waiting = write(10)
  await time.pass(1000)
  stored.limit = { perProcess: null, total: 500, version: 2 }
  await time.skipUntil(waiting)
  t.ok((begun[1] ?? 0) <= 4000)
})

t.test('a limit whose version is lower, after the database was restored, holds too', async t => {
  const { stored, begun, write } = makePace(t, { total: 1, version: 7 })
  await write(1000)
  stored.limit = { perProcess: null, total: null, version: 0 }
  await write(10)
  t.equal(begun.length, 2)
})

t.test('a stop ends the wait', async t => {
  const { time, pace } = makePace(t, { perProcess: 1 })
  const stopped = async () => Promise.reject(new Error('the consumer is stopping'))
  await pace.wait(1000, stopped)
  const waiting = t.rejects(pace.wait(1, stopped), { message: 'the consumer is stopping' })
  await time.skipUntil(waiting)
})
