import { test } from 'tap'
import { stretchAt } from '../../src/time/clock-changes.ts'

const hour = 3_600_000
const zone = 'Europe/Berlin'
const inSummer = Date.UTC(2026, 6, 1)

test('a stretch lasts from one clock change to the next', async t => {
  const { from, to, offset } = stretchAt(zone, inSummer)
  t.equal(from, Date.parse('2026-03-29T01:00Z'))
  t.equal(to, Date.parse('2026-10-25T01:00Z'))
  t.equal(offset, 2 * hour)
  t.equal(stretchAt(zone, from).from, from, 'its first instant is in it')
  t.equal(stretchAt(zone, to).from, to, 'its end is not')
})

test('`seen` is earlier than the new local time after a clock was set forward, and later after it was set back', async t => {
  const summer = stretchAt(zone, inSummer)
  t.equal(summer.seen, Date.parse('2026-03-29T02:00Z'))
  t.equal(summer.from + summer.offset, Date.parse('2026-03-29T03:00Z'))
  const winter = stretchAt(zone, summer.to)
  t.equal(winter.seen, Date.parse('2026-10-25T03:00Z'))
  t.equal(winter.from + winter.offset, Date.parse('2026-10-25T02:00Z'))
})

test('after an end without a clock change the next stretch continues at the same local time', async t => {
  for (const timeZone of ['UTC', 'Asia/Kolkata', 'Etc/GMT+5', zone]) {
    let stretch = stretchAt(timeZone, Date.UTC(1999, 0))
    while (stretch.from < Date.UTC(2040, 0)) {
      const next = stretchAt(timeZone, stretch.to)
      const [begins, ended] = [next.from + next.offset, stretch.to + stretch.offset]
      if (next.from !== stretch.to) t.fail(`${timeZone}: the stretches have a gap at ${stretch.to}`)
      if (next.offset === stretch.offset && (next.seen !== begins || begins !== ended))
        t.fail(`${timeZone}: the local time does not continue at ${stretch.to}`)
      stretch = next
    }
  }
})

test('an old offset may have seconds', async t => {
  t.equal(stretchAt('Africa/Monrovia', Date.UTC(1970, 0)).offset, -(44 * 60 + 30) * 1000)
})

test('an invalid time zone or instant is refused', async t => {
  t.throws(() => stretchAt('Mars/Base', inSummer), RangeError)
  t.throws(() => stretchAt(zone, Number.NaN), RangeError)
})
