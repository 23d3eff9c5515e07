import { test } from 'tap'
import { endByHand, endedDays, firstEnd } from '../../src/calendar/day-ends.ts'

const hour = 3_600_000
const oddDays = [
  {
    what: 'the next date is skipped: the zone crosses the date line',
    zone: 'Pacific/Apia',
    day: '2011-12-29',
    ends: '2011-12-30T10:00Z',
    next: '2011-12-31',
    hours: 24,
  },
  {
    what: 'the next day has no midnight',
    zone: 'Africa/Cairo',
    day: '2026-04-23',
    ends: '2026-04-23T22:00Z',
    next: '2026-04-24',
    hours: 24,
  },
  {
    what: 'its last hour comes twice',
    zone: 'Africa/Cairo',
    day: '2026-10-29',
    ends: '2026-10-29T22:00Z',
    next: '2026-10-30',
    hours: 25,
  },
  {
    what: 'a minute after midnight the clock is set back into the day',
    zone: 'America/St_Johns',
    day: '2010-11-06',
    ends: '2010-11-07T03:30Z',
    next: '2010-11-07',
    hours: 25,
  },
  {
    what: 'its last hour does not exist',
    zone: 'America/Nuuk',
    day: '2026-03-28',
    ends: '2026-03-29T01:00Z',
    next: '2026-03-29',
    hours: 23,
  },
  {
    what: 'the next day has no midnight',
    zone: 'Asia/Beirut',
    day: '2026-03-28',
    ends: '2026-03-28T22:00Z',
    next: '2026-03-29',
    hours: 24,
  },
  {
    what: 'the next day has no midnight',
    zone: 'America/Santiago',
    day: '2026-09-05',
    ends: '2026-09-06T04:00Z',
    next: '2026-09-06',
    hours: 24,
  },
  {
    what: 'its last hour comes twice',
    zone: 'America/Santiago',
    day: '2026-04-04',
    ends: '2026-04-05T04:00Z',
    next: '2026-04-05',
    hours: 25,
  },
  {
    what: 'it has no midnight',
    zone: 'Asia/Beirut',
    day: '2026-03-29',
    ends: '2026-03-29T21:00Z',
    next: '2026-03-30',
    hours: 23,
  },
  {
    what: 'the next day has no midnight',
    zone: 'America/Havana',
    day: '2026-03-07',
    ends: '2026-03-08T05:00Z',
    next: '2026-03-08',
    hours: 24,
  },
  {
    what: 'the next day has two midnights',
    zone: 'America/Havana',
    day: '2026-10-31',
    ends: '2026-11-01T04:00Z',
    next: '2026-11-01',
    hours: 24,
  },
  {
    what: 'midnight comes twice within the day',
    zone: 'America/Havana',
    day: '2026-11-01',
    ends: '2026-11-02T05:00Z',
    next: '2026-11-02',
    hours: 25,
  },
  {
    what: 'the clocks go back by half an hour',
    zone: 'Australia/Lord_Howe',
    day: '2026-04-05',
    ends: '2026-04-05T13:30Z',
    next: '2026-04-06',
    hours: 24.5,
  },
  {
    what: 'the clocks go forward by half an hour',
    zone: 'Australia/Lord_Howe',
    day: '2026-10-04',
    ends: '2026-10-04T13:00Z',
    next: '2026-10-05',
    hours: 23.5,
  },
  {
    what: 'its last hour comes twice',
    zone: 'America/Sao_Paulo',
    day: '2018-02-17',
    ends: '2018-02-18T03:00Z',
    next: '2018-02-18',
    hours: 25,
  },
  {
    what: 'it has no midnight',
    zone: 'America/Sao_Paulo',
    day: '2018-11-04',
    ends: '2018-11-05T02:00Z',
    next: '2018-11-05',
    hours: 23,
  },
]

for (const { what, zone, day, ends, next, hours } of oddDays) {
  test(`${zone} ${day} ends at ${ends} after ${hours} hours: ${what}`, async t => {
    const end = new Date(ends)
    const begin = new Date(end.getTime() - hours * hour)
    const firstInstant = firstEnd(zone, begin)
    t.strictSame(firstInstant, { nextDay: day, nextFireAt: end }, 'the day has begun')
    t.not(
      firstEnd(zone, new Date(begin.getTime() - 1)).nextDay,
      day,
      'a millisecond earlier the day has not begun',
    )
    t.strictSame(endedDays({ nextDay: day, timeZone: zone }, new Date(end.getTime() - 1)).ended, [])
    const { ended, next: following } = endedDays({ nextDay: day, timeZone: zone }, end)
    t.strictSame(ended, [{ day, endedAt: end }])
    t.equal(following.nextDay, next)
  })
}

test('after downtime each missed day ends at its own instant', async t => {
  const { ended, next } = endedDays(
    { nextDay: '2026-03-27', timeZone: 'Europe/Berlin' },
    new Date('2026-03-30T09:00Z'),
  )
  t.strictSame(ended, [
    { day: '2026-03-27', endedAt: new Date('2026-03-27T23:00Z') },
    { day: '2026-03-28', endedAt: new Date('2026-03-28T23:00Z') },
    { day: '2026-03-29', endedAt: new Date('2026-03-29T22:00Z') },
  ])
  t.strictSame(next, { nextDay: '2026-03-30', nextFireAt: new Date('2026-03-30T22:00Z') })
})

test('the days that exceed one firing follow from the returned next end', async t => {
  const now = new Date('2026-01-10T12:00Z')
  const first = endedDays({ nextDay: '2026-01-01', timeZone: 'UTC' }, now, 6)
  t.strictSame([first.ended.length, first.next.nextDay], [6, '2026-01-07'])
  const rest = endedDays({ ...first.next, timeZone: 'UTC' }, now, 6)
  t.strictSame([rest.ended.length, rest.next.nextDay], [3, '2026-01-10'])
})

test('a day that is ended by hand ends now, or at its own end if it is over', async t => {
  const now = new Date('2026-11-22T14:03:00Z')
  t.strictSame(endByHand('2026-11-22', 'Europe/Berlin', now), { day: '2026-11-22', endedAt: now })
  t.strictSame(endByHand('2026-11-21', 'Europe/Berlin', now), {
    day: '2026-11-21',
    endedAt: new Date('2026-11-21T23:00Z'),
  })
})

test('an operator cannot end a day that is too early, has not begun, or was skipped in the zone', async t => {
  const now = new Date('2026-11-22T14:03:00Z')
  const refused = (day: string, zone: string, why: RegExp) =>
    t.throws(() => endByHand(day, zone, now), { code: 'DAYBOOK_DAY_NOT_ENDABLE', message: why })
  refused('2026-11-23', 'Europe/Berlin', /has not begun in Europe\/Berlin: today is 2026-11-22 there/)
  refused('2026-11-24', 'Pacific/Kiritimati', /today is 2026-11-23 there/)
  for (const day of ['0000-01-01', '0001-01-01', '1582-10-10', '1969-12-31'])
    refused(day, 'UTC', /the first day that can be ended is 1970-01-01/)
  t.doesNotThrow(() => endByHand('1970-01-01', 'America/New_York', now))
  refused('2011-12-30', 'Pacific/Apia', /Pacific\/Apia skipped 2011-12-30/)
  t.doesNotThrow(() => endByHand('2026-11-23', 'Pacific/Kiritimati', now))
})
