import { test } from 'tap'
import { Temporal } from 'temporal-polyfill'
import { canonicalTimeZone, dayOf, endOfDay, localTime, timeZones } from '../../src/time/days.ts'

test('all names of a place have the same canonical name', async t => {
  t.equal(canonicalTimeZone('Asia/Calcutta'), 'Asia/Kolkata')
  t.equal(canonicalTimeZone('Europe/Kiev'), 'Europe/Kyiv')
  t.equal(canonicalTimeZone('US/Pacific'), 'America/Los_Angeles')
  t.equal(canonicalTimeZone('europe/berlin'), 'Europe/Berlin')
  for (const name of ['Etc/UTC', 'Etc/GMT', 'GMT', 'Zulu', 'UTC'])
    t.equal(canonicalTimeZone(name), 'UTC', name)
})

test('the canonical name of an alias is a member of timeZones', async t => {
  for (const name of ['Asia/Kolkata', 'Europe/Kyiv', 'US/Pacific', 'America/Buenos_Aires', 'EST', 'CET']) {
    t.ok(timeZones.includes(canonicalTimeZone(name) ?? ''), name)
  }
})

test('every member of timeZones is its own canonical name', async t => {
  for (const zone of timeZones) if (canonicalTimeZone(zone) !== zone) t.fail(zone)
  t.equal(canonicalTimeZone('Etc/GMT+5'), 'Etc/GMT+5')
  t.equal(canonicalTimeZone('US/Eastern'), canonicalTimeZone('US/Eastern'))
})

test('offsets, invented places and arbitrary texts are not time zones', async t => {
  for (const name of ['+02:00', '-0800', 'GMT+1', 'Mars/Olympus', '', ' ', '../etc', 'Europe/Berlin\n']) {
    t.equal(canonicalTimeZone(name), undefined, JSON.stringify(name))
  }
})

test('the day of an instant is the local date', async t => {
  const instant = new Date('2026-11-22T23:30:00Z')
  t.equal(dayOf(instant, 'UTC'), '2026-11-22')
  t.equal(dayOf(instant, 'Europe/Berlin'), '2026-11-23')
  t.equal(dayOf(instant, 'Pacific/Kiritimati'), '2026-11-23')
  t.equal(dayOf(new Date('2026-11-22T09:59:59.999Z'), 'Pacific/Pago_Pago'), '2026-11-21')
  t.equal(dayOf(new Date('2026-11-22T18:15:00Z'), 'Asia/Kathmandu'), '2026-11-23')
})

test('a day of 23, 24 or 25 hours ends when the next day begins', async t => {
  t.equal(endOfDay('2026-11-22', 'Europe/Berlin').toISOString(), '2026-11-22T23:00:00.000Z')
  t.equal(endOfDay('2026-03-29', 'Europe/Berlin').toISOString(), '2026-03-29T22:00:00.000Z', '23 hours')
  t.equal(endOfDay('2026-10-25', 'Europe/Berlin').toISOString(), '2026-10-25T23:00:00.000Z', '25 hours')
  t.equal(
    endOfDay('2026-04-04', 'Australia/Lord_Howe').toISOString(),
    '2026-04-04T13:00:00.000Z',
    'by half an hour',
  )
})

test('a day before a midnight that does not exist ends at the first instant after it', async t => {
  t.equal(endOfDay('2026-04-23', 'Africa/Cairo').toISOString(), '2026-04-23T22:00:00.000Z')
  t.equal(localTime(endOfDay('2026-04-23', 'Africa/Cairo'), 'Africa/Cairo'), '2026-04-24T01:00:00.000+03:00')
  t.equal(
    localTime(endOfDay('2026-09-05', 'America/Santiago'), 'America/Santiago'),
    '2026-09-06T01:00:00.000-03:00',
  )
})

test('the first of two midnights ends the day', async t => {
  const end = endOfDay('2026-10-31', 'America/Havana')
  t.equal(localTime(end, 'America/Havana'), '2026-11-01T00:00:00.000-04:00')
})

test('a date that a place skipped ends with the previous day', async t => {
  // Samoa went from 29 to 31 December 2011.
  t.equal(endOfDay('2011-12-29', 'Pacific/Apia').toISOString(), '2011-12-30T10:00:00.000Z')
  t.equal(dayOf(endOfDay('2011-12-29', 'Pacific/Apia'), 'Pacific/Apia'), '2011-12-31')
})

test('in every zone a day of this year ends at the first instant of a later date', async t => {
  for (const zone of timeZones) {
    for (const day of ['2026-02-28', '2026-03-28', '2026-10-24', '2026-12-31']) {
      const end = endOfDay(day, zone)
      const [last, first] = [dayOf(new Date(end.getTime() - 1), zone), dayOf(end, zone)]
      if (last !== day || first <= day) t.fail(`${day} ${zone}: ${last} ${first}`)
    }
  }
})

test('a local time includes its offset', async t => {
  t.equal(localTime(new Date('2026-11-22T13:03:00.120Z'), 'Asia/Kolkata'), '2026-11-22T18:33:00.120+05:30')
})

test('a local time is the one that Temporal shows, in every zone and at any time', async t => {
  // In 1900 many zones have offsets with seconds.
  const days = ['1900-01-01', '2026-03-29', '2026-10-25']
  for (const zone of timeZones) {
    for (const day of days) {
      const instant = Temporal.Instant.from(`${day}T00:59:59.007Z`)
      const zoned = instant.toZonedDateTimeISO(zone)
      const wanted = zoned.toString({ timeZoneName: 'never', fractionalSecondDigits: 3 })
      const found = localTime(new Date(instant.epochMilliseconds), zone)
      if (found !== wanted) t.fail(`${zone}: ${found} in place of ${wanted}`)
    }
  }
})
