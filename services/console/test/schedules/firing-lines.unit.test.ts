import '../browser.ts'
import t from 'tap'
import { compareDefinitions } from '../../src/schedules/definition/compare-definitions.ts'
import { firingLines } from '../../src/schedules/definition/firing-lines.ts'

const firing = (slot: string, slotLocal: string) => ({ slot, slotLocal, fireAt: slot })
const [before, after] = [
  firing('2026-10-24T00:30:00.000Z', '2026-10-24T02:30:00.000+02:00'),
  firing('2026-10-25T01:30:00.000Z', '2026-10-25T02:30:00.000+01:00'),
]

t.test('a line has the time since the slot before, and the clock change in between', async t => {
  t.match(firingLines([before, after]), [
    { gapMs: undefined, clockChange: undefined },
    { gapMs: 25 * 3_600_000, clockChange: 'clocks back 1 h' },
  ])
  t.match(firingLines([after, { ...before, slotLocal: '2026-10-26T02:30:00.000+03:30' }])[0], {
    clockChange: 'clocks forward 2 h 30 min',
  })
})

t.test('slots that a change takes away stand where they were', async t => {
  const goes = firing('2026-10-24T12:00:00.000Z', '2026-10-24T14:00:00.000+02:00')
  t.strictSame(
    firingLines([before, after], [after], [goes]).map(({ firing, change }) => [firing.slot, change]),
    [
      [before.slot, undefined],
      [goes.slot, 'goes'],
      [after.slot, 'comes'],
    ],
  )
})

t.test('definitions are compared by field', async t => {
  const one = { cron: '0 9 * * *', timeZone: 'UTC', data: { a: 1 } }
  t.strictSame(compareDefinitions(one, { ...one, data: { a: 1 } }), [])
  t.strictSame(compareDefinitions(one, { timeZone: 'UTC', every: 'PT1H', data: { a: 2 } }), [
    { field: 'cron', before: '0 9 * * *', after: undefined },
    { field: 'data', before: '{"a":1}', after: '{"a":2}' },
    { field: 'every', before: undefined, after: 'PT1H' },
  ])
})
