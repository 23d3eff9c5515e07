import t from 'tap'
import { dayOf, endOfDay, timeText } from '../../src/time/local-time.ts'

const at = (text: string) => Date.parse(text)

t.test('a time names its zone, and its date unless that is the given day', async t => {
  const noon = at('2026-11-27T12:05:00Z')
  t.equal(timeText(noon, 'Europe/Berlin', '2026-11-27'), '13:05 CET')
  t.equal(timeText(noon, 'UTC', '2026-11-28'), '27 Nov 2026, 12:05 UTC')
})

t.test('the same instant is on different days', async t => {
  t.equal(dayOf(at('2026-11-27T23:30:00Z'), 'Europe/Berlin'), '2026-11-28')
  t.equal(dayOf(at('2026-11-27T23:30:00Z'), 'America/Sao_Paulo'), '2026-11-27')
})

t.test('a day ends when the next one begins, also when clocks change', async t => {
  const end = (day: string, zone: string) => new Date(endOfDay(day, zone)).toISOString()
  t.equal(end('2026-11-27', 'Europe/Berlin'), '2026-11-27T23:00:00.000Z')
  t.equal(end('2026-10-25', 'Europe/Berlin'), '2026-10-25T23:00:00.000Z')
  t.equal(end('2026-11-27', 'Pacific/Kiritimati'), '2026-11-27T10:00:00.000Z')
  t.equal(end('2026-11-27', 'Pacific/Pago_Pago'), '2026-11-28T11:00:00.000Z')
  const saoPaulo = 'America/Sao_Paulo'
  t.equal(end('2018-11-03', saoPaulo), '2018-11-04T03:00:00.000Z')
  t.equal(
    timeText(endOfDay('2018-11-03', saoPaulo), saoPaulo, '2018-11-04').slice(0, 5),
    '01:00',
    'no midnight',
  )
  t.equal(end('2018-02-16', saoPaulo), '2018-02-17T02:00:00.000Z')
  t.equal(end('2018-02-17', saoPaulo), '2018-02-18T03:00:00.000Z', 'a day of 25 hours that ends twice')
  t.equal(end('1994-12-30', 'Pacific/Kiritimati'), '1994-12-31T10:00:00.000Z')
  t.equal(end('1994-12-31', 'Pacific/Kiritimati'), '1994-12-31T10:00:00.000Z', 'a date that was left out')
})
