import { test } from 'tap'
import { nextFiring, type Timing } from '../../src/calendar/firing-time.ts'

const minute = 60_000

const timing = (name: string, jitter: number): Timing => ({
  name,
  recurrence: { timeZone: 'UTC', cron: '0 * * * *' },
  jitter,
})

/** The jitter of the first `count` slots after an instant, in ms. */
function delays(name: string, jitter: number, count: number): number[] {
  const found: number[] = []
  for (let after = new Date('2026-11-22T12:00Z'); found.length < count; ) {
    const firing = nextFiring(timing(name, jitter), after)
    if (firing === undefined) break
    found.push(firing.nextFireAt.getTime() - firing.nextSlot.getTime())
    after = firing.nextSlot
  }
  return found
}

test('without jitter a slot fires at its time', async t => {
  t.strictSame(delays('tea', 0, 3), [0, 0, 0])
})

test('jitter spreads firings evenly, and depends only on name and slot', async t => {
  const all = delays('tea', 10 * minute, 500)
  t.strictSame(all, delays('tea', 10 * minute, 500))
  t.notSame(all, delays('coffee', 10 * minute, 500))
  t.ok(all.every(delay => Number.isInteger(delay) && delay >= 0 && delay < 10 * minute))
  for (let tenth = 0; tenth < 10; tenth += 1) {
    const share = all.filter(delay => Math.floor(delay / minute) === tenth).length
    t.ok(share > 25 && share < 75, `${share} of 500 in minute ${tenth}`)
  }
})
