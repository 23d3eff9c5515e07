import t from 'tap'
import { addDays, addMonths, isDay, longDay, weeksOf } from '../../src/time/days.ts'

t.test('days are counted without time zones', async t => {
  t.equal(addDays('2026-02-28', 1), '2026-03-01')
  t.equal(addDays('2026-01-01', -1), '2025-12-31')
  t.equal(addDays('2026-10-25', 1), '2026-10-26', 'a day of 25 hours')
})

t.test('a month later is the same date, or the last one of a shorter month', async t => {
  t.equal(addMonths('2026-11-27', 1), '2026-12-27')
  t.equal(addMonths('2026-12-31', 2), '2027-02-28')
  t.equal(addMonths('2026-03-31', -1), '2026-02-28')
})

t.test('the weeks of a month begin on Monday', async t => {
  const weeks = weeksOf('2026-11-27')
  t.equal(weeks.length, 6)
  t.equal(weeks[0]?.[0], '2026-10-26')
  t.equal(weeks.at(-1)?.at(-1), '2026-12-06')
  t.equal(weeksOf('2027-02-01').length, 4)
})

t.test('only dates that exist are days', async t => {
  t.ok(isDay('2028-02-29'))
  for (const text of ['2026-02-29', '2026-13-01', '2026-1-1', 'today', '']) t.notOk(isDay(text), text)
})

t.test('a day has a name', async t => {
  t.match(longDay('2026-11-27'), /^Friday,? 27 November 2026$/)
})
