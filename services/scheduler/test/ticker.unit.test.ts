import { EventEmitter, once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { memoryLog, until } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { getTasks } from 'node-cron'
import { type Test, test } from 'tap'
import { startTicker } from '../src/ticker.ts'

const away = () => Promise.reject(new mongoose.mongo.MongoNetworkError('the store is away'))
const well = async () => {}

/** A ticker over the given answers, one a tick, the last one again and again. */
function makeTicker(t: Test, ...answers: (() => Promise<void>)[]) {
  const { log, lines } = memoryLog()
  const events = new EventEmitter()
  const failures: Error[] = []
  let ticks = 0
  const tick = async () => {
    const answer = answers[Math.min(ticks, answers.length - 1)] ?? well
    ticks += 1
    events.emit('tick')
    await answer()
  }
  const fail = (error: Error) => {
    failures.push(error)
    events.emit('failure')
  }
  const ticker = startTicker(tick, { log, fail })
  t.teardown(() => ticker.stop())
  const next = (event: 'tick' | 'failure') => once(events, event)
  return { ...ticker, lines, failures, next, ticks: () => ticks }
}

test('it is in trouble until a tick has succeeded', async t => {
  const ticker = makeTicker(t, well)
  t.equal(ticker.trouble(), 'has not ticked yet')
  await ticker.next('tick')
  await ticker.next('tick')
  t.equal(ticker.trouble(), undefined)
})

test('an outage is told once, waited out by the ticks that follow, and over with the first good one', async t => {
  const ticker = makeTicker(t, away, away, well)
  await ticker.next('tick')
  await ticker.next('tick')
  t.equal(ticker.trouble(), 'waiting: the store is away')
  await ticker.next('tick')
  await ticker.next('tick')
  t.equal(ticker.trouble(), undefined)
  t.strictSame(
    ticker.lines.filter(({ level }) => level >= 30).map(({ msg }) => msg),
    ['firing schedules: waiting for an outage to end', 'the outage is over'],
  )
  t.strictSame(ticker.failures, [])
})

test('any other error is a failure, and the last tick', async t => {
  const bug = new TypeError('a bug')
  const ticker = makeTicker(t, () => Promise.reject(bug))
  await ticker.next('failure')
  t.strictSame(ticker.failures, [bug])
  t.equal(ticker.ticks(), 1)
  t.equal(getTasks().size, 0, 'no other is to come')
})

test('a tick that is still running is not started twice, and stop waits for it', async t => {
  const hold = Promise.withResolvers<void>()
  const ticker = makeTicker(t, () => hold.promise)
  await ticker.next('tick')
  await until('the next one is left out', () => ticker.lines.some(({ msg }) => msg.includes('still running')))
  let stopped = false
  const stopping = ticker.stop().then(() => {
    stopped = true
  })
  await nextTurn()
  t.equal(stopped, false)
  hold.resolve()
  await stopping
  t.equal(ticker.ticks(), 1)
})
