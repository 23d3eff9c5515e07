import '../browser.ts'
import t from 'tap'
import type { Schedule } from '../../src/schedules/definition/schedule.ts'
import { lastWords, notFired, stateOf } from '../../src/schedules/definition/schedule-state.ts'

const NOW = Date.parse('2026-11-27T10:00:00Z')
const schedule = (name: string, nextFireAt: string | null, facts: object = {}) =>
  ({
    name,
    nextFireAt,
    timeZone: 'Europe/Berlin',
    definition: { cron: '30 9 * * 1-5', paused: false },
    stats: { missed: 0, caughtUp: 0, lateMs: null },
    ...facts,
  }) as unknown as Schedule

const soon = schedule('soon', '2026-11-27T10:01:00.000Z')
const late = schedule('late', '2026-11-27T09:58:00.000Z')
const paused = schedule('paused', null, { definition: { every: 'PT1H', paused: true } })
const ended = schedule('ended', null)
const all = [paused, soon, ended, late]

t.test('a schedule is late when its slot is over for a minute', async t => {
  t.strictSame(
    all.map(one => stateOf(one, NOW)),
    ['paused', 'active', 'ended', 'late'],
  )
})

t.test('the last firing was on time or late, and some slots did not fire', async t => {
  t.equal(lastWords(soon), undefined)
  const stats = { missed: 5, caughtUp: 2, lateMs: 61_000 }
  t.match(lastWords(schedule('x', null, { stats })), { tone: 'warning', words: '1 min late' })
  t.equal(notFired(schedule('x', null, { stats })), 3)
  t.match(lastWords(schedule('x', null, { stats: { ...stats, lateMs: 60_000 } })), { words: 'on time' })
})
