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
})
