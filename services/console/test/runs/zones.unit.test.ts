import '../browser.ts'
import t from 'tap'
import { dateBands, dayEnds, offsetText, zoneOf } from '../../src/runs/world/zones.ts'

t.test('between 10 and 11 hours UTC three dates are alive', async t => {
  t.strictSame(dateBands(Date.parse('2026-11-27T10:30:00Z')), [
    { day: '2026-11-26', from: -720, to: -630 },
    { day: '2026-11-27', from: -630, to: 810 },
    { day: '2026-11-28', from: 810, to: 840 },
  ])
})

t.test('at noon UTC the date changes at the eastern edge of the west only', async t => {
  t.strictSame(dateBands(Date.parse('2026-11-27T12:00:00Z')), [
    { day: '2026-11-27', from: -720, to: 720 },
    { day: '2026-11-28', from: 720, to: 840 },
  ])
})

t.test('at midnight UTC it is midnight in UTC', async t => {
  t.strictSame(dateBands(Date.parse('2026-11-27T00:00:00Z')), [
    { day: '2026-11-26', from: -720, to: 0 },
    { day: '2026-11-27', from: 0, to: 840 },
  ])
})

const schedule = (
  timeZone: string,
  nextFireAt: string | null,
  local: string | null,
  nextDay = '2026-11-27',
) => ({ timeZone, nextDay, nextFireAt, nextFireAtLocal: local }) as Parameters<typeof zoneOf>[0]

t.test('the zones whose days end at the same instant are together, the next ones first', async t => {
  const zones = [
    schedule('UTC', '2026-11-28T00:00:00.000Z', '2026-11-28T00:00:00.000Z'),
    schedule('Asia/Kolkata', '2026-11-27T18:30:00.000Z', '2026-11-28T00:00:00.000+05:30'),
    schedule('Asia/Colombo', '2026-11-27T18:30:00.000Z', '2026-11-28T00:00:00.000+05:30'),
    schedule('Europe/Berlin', null, null),
  ].flatMap(zoneOf)
  t.strictSame(
    dayEnds(zones).map(({ zones }) =>
      zones.map(({ timeZone, offset }) => `${timeZone} ${offsetText(offset)}`),
    ),
    [['Asia/Kolkata UTC+5:30', 'Asia/Colombo UTC+5:30'], ['UTC UTC']],
  )
  t.equal(offsetText(-570), 'UTC−9:30')
})
