import { seededRandom } from '@daybook/shared/testing'
import { test } from 'tap'
import type { Rate } from '../../../src/jobs/kinds/kind.ts'
import {
  afterStart,
  intervalAt,
  latestStart,
  nextStart,
  type RateState,
} from '../../../src/jobs/limits/start-intervals.ts'

const NOW = Date.UTC(2026, 10, 25)
const rate: Rate = { limit: 10, perMs: 9000, burst: 1, windowMs: 1000 }

/** Takes every interval that begins soon enough. */
function takeAll(given: Rate, state: RateState, now: number, most: number) {
  const taken: { from: number; by: number }[] = []
  let after = state
  while (taken.length < most && nextStart(given, after, now) <= latestStart([given], now)) {
    const start = nextStart(given, after, now)
    const { startFrom, startBy } = intervalAt(start, [given])
    taken.push({ from: startFrom.getTime(), by: startBy.getTime() })
    after = afterStart(given, after, start, now)
  }
  return { taken, state: after }
}

test('intervals begin evenly, also after a long time without starts', async t => {
  const { taken, state } = takeAll(rate, {}, NOW, 10)
  t.strictSame(taken, [{ from: NOW, by: NOW + 999 }])
  t.equal(nextStart(rate, state, NOW), NOW + 1000)
  const idle = takeAll(rate, state, NOW + 3_600_000, 10)
  t.equal(idle.taken.length, 1, 'an hour without workers saves nothing up')
  t.equal(takeAll({ ...rate, burst: 4 }, state, NOW + 3_600_000, 10).taken.length, 4)
})

test('an attempt with a narrow interval has time to reach its handler', async t => {
  const { taken } = takeAll({ ...rate, windowMs: 100 }, {}, NOW, 1)
  t.strictSame(taken, [{ from: NOW + 400, by: NOW + 499 }])
})

test('a pause closes a rate, and a kind without a rate', async t => {
  const state = { pausedUntil: NOW + 60_000 }
  t.equal(nextStart(rate, state, NOW), NOW + 60_000)
  t.equal(nextStart(undefined, state, NOW), NOW + 60_000)
  t.equal(nextStart(undefined, state, NOW + 60_001), NOW + 60_001)
})

test('a limit that is raised holds at once', async t => {
  const slow: Rate = { ...rate, limit: 1, perMs: 86_400_000 }
  const { state } = takeAll(slow, {}, NOW, 1)
  t.equal(nextStart(slow, state, NOW), NOW + 86_401_000)
  t.ok(nextStart(rate, state, NOW) <= latestStart([rate], NOW) + 1000)
})

test('no window has more than limit + burst - 1 starts, whatever instants of the intervals the starts take', async t => {
  const random = seededRandom(t)
  for (let n = 0; n < 300; n += 1) {
    const perMs = 1000 * (1 + random(20))
    const given = { limit: 1 + random(40), perMs, burst: 1 + random(5), windowMs: 100 + random(perMs - 99) }
    const starts: number[] = []
    let [now, state] = [NOW, {} as RateState]
    while (now < NOW + 4 * perMs) {
      const visit = takeAll(given, state, now, 1 + random(50))
      state = visit.state
      // Early and late ends of intervals are the worst case.
      for (const { from, by } of visit.taken)
        starts.push([from, by, from + random(by - from + 1)][random(3)] as number)
      now += 1 + random(random(10) === 0 ? 2 * perMs : 300)
    }
    starts.sort((a, b) => a - b)
    const most = given.limit + given.burst - 1
    const tooMany = starts.findIndex((at, i) => (starts[i + most] ?? Number.POSITIVE_INFINITY) - at <= perMs)
    if (tooMany >= 0) t.fail(`more than ${most} starts from ${starts[tooMany]}`, given)
  }
  t.pass()
})
