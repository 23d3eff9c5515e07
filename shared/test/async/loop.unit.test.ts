import { test } from 'tap'
import { startLoop } from '../../src/async/loop.ts'
import { stopTime } from '../support/index.ts'

const unexpected = (error: Error) => {
  throw error
}

test('turns run one at a time, each after the pause that the previous turn returned', async t => {
  const time = stopTime(t)
  const turns: number[] = []
  const began = Date.now()
  const loop = startLoop(async () => {
    turns.push(Date.now() - began)
    return 1000
  }, unexpected)
  await time.pass(0)
  for (const _ of Array(30)) await time.pass(100)
  await loop.stop()
  t.strictSame(turns, [0, 1000, 2000, 3000])
})

test('a wake starts the next turn at once', async t => {
  const time = stopTime(t)
  let turns = 0
  const loop = startLoop(async () => {
    turns += 1
    return 60_000
  }, unexpected)
  await time.pass(0)
  loop.wake()
  await time.pass(0)
  t.equal(turns, 2)
  await loop.stop()
})

test('after a wake during a turn another turn follows', async t => {
  const held = Promise.withResolvers<number>()
  const second = Promise.withResolvers<void>()
  let turns = 0
  const loop = startLoop(async () => {
    turns += 1
    if (turns === 1) return held.promise
    second.resolve()
    return 60_000
  }, unexpected)
  loop.wake()
  held.resolve(60_000)
  await second.promise
  await loop.stop()
  t.equal(turns, 2)
})

test('a stop waits for the current turn and ends a pause', async t => {
  const held = Promise.withResolvers<number>()
  let ended = false
  const loop = startLoop(async () => {
    const ms = await held.promise
    ended = true
    return ms
  }, unexpected)
  const stopped = loop.stop()
  held.resolve(3_600_000)
  await stopped
  t.ok(ended)
})

test('an error in a turn ends the loop and is reported once', async t => {
  const failures: Error[] = []
  const failed = Promise.withResolvers<void>()
  let turns = 0
  const loop = startLoop(
    async () => {
      turns += 1
      throw new Error('broken')
    },
    error => {
      failures.push(error)
      failed.resolve()
    },
  )
  await failed.promise
  loop.wake()
  await loop.stop()
  t.match(failures, [{ message: 'broken' }])
  t.equal(turns, 1)
})
