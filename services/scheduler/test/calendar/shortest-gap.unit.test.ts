import { test } from 'tap'
import { shortestGap } from '../../src/calendar/shortest-gap.ts'
import type { Recurrence } from '../../src/calendar/slots.ts'

const hour = 3_600_000

const gaps: [string, Recurrence, number | undefined][] = [
  ['a cron each second', { timeZone: 'UTC', cron: '* * * * * *' }, 1000],
  ['a cron with slots close to each other', { timeZone: 'UTC', cron: '0 23,0 * * *' }, hour],
  ['a cron across a day of 23 hours', { timeZone: 'Europe/Berlin', cron: '0 9 * * *' }, 23 * hour],
  ['a cron across a gap', { timeZone: 'Europe/Berlin', cron: '30 2,3 * * *' }, hour / 2],
  [
    'a wildcard in half an hour that comes again, months away',
    { timeZone: 'Australia/Lord_Howe', cron: '45 * * * *' },
    hour / 2,
  ],
  ['a wildcard across a gap', { timeZone: 'Europe/Berlin', cron: '30 */2 * * *' }, hour],
  ['a cron of leap days', { timeZone: 'UTC', cron: '0 0 29 2 *' }, 1461 * 24 * hour],
  ['a cron of leap days that are Mondays', { timeZone: 'UTC', cron: '0 0 29 2 1' }, 10_227 * 24 * hour],
  ['every', { timeZone: 'Europe/Berlin', every: 5 * hour, anchor: new Date(0) }, 5 * hour],
  ['one instant', { timeZone: 'UTC', at: new Date('2027-01-01') }, undefined],
  [
    'a cron with one slot left',
    { timeZone: 'UTC', cron: '0 0 1 1 *', end: new Date('2027-06-01') },
    undefined,
  ],
]

for (const [what, recurrence, gap] of gaps) {
  test(`the shortest time between slots: ${what}`, async t => {
    t.equal(shortestGap(recurrence, new Date('2026-11-22T12:00Z')), gap)
  })
}
