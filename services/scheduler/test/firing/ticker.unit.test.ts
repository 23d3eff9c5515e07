import { EventEmitter, once } from 'node:events'
import { mock } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import '@daybook/shared/mongo/connect-mongo'
import { memoryLog, stopTime } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { type Test, test } from 'tap'
import { startTicker } from '../../src/firing/ticker.ts'

const away = (): Promise<never> =>
  Promise.reject(new mongoose.mongo.MongoNetworkError('MongoDB is not reachable'))
const well = async () => false
const more = async () => true

/** A ticker whose ticks give the answers in order, and then repeat the last one. */
const makeTicker = (t: Test, ...answers: (() => Promise<boolean>)[]) =>
  makeTickerOf(t, async () => undefined, ...answers)

/** A ticker that learns from `nextDue` when something is due next. */
function makeTickerOf(
  t: Test,
  nextDue: (after: Date) => Promise<Date | undefined>,
  ...answers: (() => Promise<boolean>)[]
) {
  const { log, lines } = memoryLog()
  const events = new EventEmitter()
  const failures: Error[] = []
  let ticks = 0
  const tick = async () => {
    const answer = answers[Math.min(ticks, answers.length - 1)] ?? well
    ticks += 1
    events.emit('tick')
    return answer()
  }
  const fail = (error: Error) => {
    failures.push(error)
    events.emit('failure')
  }
  const next = (event: 'tick' | 'failure') => once(events, event)
  const start = () => {
    const ticker = startTicker(tick, { log, fail, nextDue })
    t.teardown(() => ticker.stop())
    return ticker
  }
  return { start, lines, failures, next, ticks: () => ticks }
}

/** Stops the clock until the test ends. The returned function waits for what runs, and then lets time pass. */
function stopTimers(t: Test) {
  const { pass } = stopTime(t)
  return async (ms: number) => {
    await pass(0)
    await pass(ms)
  }
}

test('the ticker reports trouble until a tick succeeds', async t => {
  const { start, next } = makeTicker(t, well)
  const second = next('tick').then(() => next('tick'))
  const ticker = start()
  t.equal(ticker.trouble(), 'has not ticked yet')
  await second
  t.equal(ticker.trouble(), undefined)
})

test('an outage is logged once, and is over with the next successful tick', async t => {
  const made = makeTicker(t, away, away, well)
  const pass = stopTimers(t)
  const ticker = made.start()
  await pass(1000)
  t.equal(made.ticks(), 2)
  t.equal(ticker.trouble(), 'waiting: MongoDB is not reachable')
  await pass(1000)
  t.equal(ticker.trouble(), undefined)
  t.strictSame(
    made.lines.filter(({ level }) => level >= 30).map(({ msg }) => msg),
    ['firing schedules: waiting for an outage to end', 'the outage is over'],
  )
  t.strictSame(made.failures, [])
})

test('any other error calls `fail`, and no more ticks follow', async t => {
  const bug = new TypeError('a bug')
  const made = makeTicker(t, () => Promise.reject(bug))
  const pass = stopTimers(t)
  made.start()
  await pass(60_000)
  t.strictSame(made.failures, [bug])
  t.equal(made.ticks(), 1)
})

test('no tick starts while another is running, and stop waits for it', async t => {
  const hold = Promise.withResolvers<boolean>()
  const made = makeTicker(t, () => hold.promise)
  const pass = stopTimers(t)
  const ticker = made.start()
  await pass(60_000)
  let stopped = false
  const stopping = ticker.stop().then(() => {
    stopped = true
  })
  await nextTurn()
  t.equal(stopped, false)
  hold.resolve(true)
  await stopping
  t.equal(made.ticks(), 1)
})

test('ticks follow at once while there is more to do', async t => {
  const made = makeTicker(t, more, more, well)
  const pass = stopTimers(t)
  made.start()
  for (let turn = 0; turn < 5; turn += 1) await pass(1)
  t.equal(made.ticks(), 3)
})

test('a tick follows when something is due next, and after a second at the latest', async t => {
  const inMs = (...pauses: number[]) => {
    const next = pauses.values()
    return async (after: Date) => new Date(after.getTime() + (next.next().value ?? 3_600_000))
  }
  const made = makeTickerOf(t, inMs(300), well)
  const pass = stopTimers(t)
  made.start()
  await pass(299)
  t.equal(made.ticks(), 1)
  await pass(3)
  t.equal(made.ticks(), 2)
  await pass(998)
  t.equal(made.ticks(), 2)
  await pass(3)
  t.equal(made.ticks(), 3)
})

test('an outage while the next slot is read is waited for like one of a tick', async t => {
  const made = makeTickerOf(t, away, well)
  const pass = stopTimers(t)
  const ticker = made.start()
  await pass(500)
  t.match(ticker.trouble(), 'waiting: MongoDB is not reachable')
  await pass(500)
  t.strictSame([made.ticks(), made.failures], [2, []])
})

test('a wall clock that is set back does not stop the ticker', async t => {
  const made = makeTicker(t, well)
  const first = made.next('tick')
  const ticker = made.start()
  await first
  mock.timers.enable({ apis: ['Date'], now: Date.now() - 3_600_000 })
  t.teardown(() => mock.timers.reset())
  await made.next('tick')
  await made.next('tick')
  t.equal(ticker.trouble(), undefined)
})

test('a process that is alone asks every 30 seconds, or when a schedule was changed, and ticks when it is due', async t => {
  const pass = stopTimers(t)
  let due: Date | undefined
  let isAlone = true
  let ticks = 0
  const tick = async () => {
    ticks += 1
    return false
  }
  const { log } = memoryLog()
  const nextDue = async () => due
  const ticker = startTicker(tick, { log, fail: t.fail, nextDue, isAlone: () => isAlone })
  t.teardown(ticker.stop)
  const ticksIn = async (seconds: number) => {
    const before = ticks
    for (let i = 0; i < seconds; i += 1) await pass(1000)
    return ticks - before
  }
  await pass(0)
  t.equal(ticks, 1)
  t.equal(await ticksIn(29), 0)
  t.equal(ticker.trouble(), undefined, 'that nothing is due is no trouble')
  t.equal(await ticksIn(2), 1)
  due = new Date(Date.now() + 2500)
  ticker.wake()
  t.equal(await ticksIn(2), 1, 'a schedule was changed')
  due = undefined
  t.equal(await ticksIn(1), 1, 'it is due')
  isAlone = false
  t.ok((await ticksIn(4)) >= 3)
})
