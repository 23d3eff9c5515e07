import { timeZones } from '@daybook/shared/days'
import { seededRandom } from '@daybook/shared/testing'
import { test } from 'tap'
import { nextSlot, type Recurrence, slotsOf } from '../src/slots.ts'
import { type Arrival, arrivals, type ClockChange, clockChanges, slotsOn, wallClock } from './wall-clock.ts'

const minute = 60_000
const hour = 60 * minute

const years = [2010, 2011, 2018, 2026]
const changes = years.flatMap(year => timeZones.flatMap(timeZone => clockChanges(timeZone, year)))

/** Some hours around a change: with all that is left out, or comes again. */
const around = ({ at, forward }: ClockChange): [number, number] => [
  at - Math.abs(forward) - 3 * hour,
  at + Math.abs(forward) + 3 * hour,
]

function slotsIn(recurrence: Recurrence, from: number, to: number): number[] {
  const found: number[] = []
  let last = new Date(from - 1)
  for (;;) {
    const slot = nextSlot(recurrence, last)
    if (slot === undefined || slot.getTime() >= to) return found
    if (slot <= last) throw new Error(`${slot.toISOString()} does not come after ${last.toISOString()}`)
    found.push(slot.getTime())
    last = slot
  }
}

const at = (hours: number[], minutes: number[]) => ({
  cron: `${minutes.join()} ${hours.join()} * * *`,
  matches: ({ local }: Arrival) =>
    hours.includes(local.getUTCHours()) && minutes.includes(local.getUTCMinutes()),
})
const allHours = Array.from({ length: 24 }, (_, i) => i)
const rules = [
  at(allHours, [0, 15, 30, 45]),
  at([0], [0]),
  at([2], [30]),
  at([0, 1, 2, 3], [7, 52]),
  at([23], [45]),
  at([12], [0]),
]

test(`around ${changes.length} clock changes, slots are where a walk by the clock finds them`, async t => {
  const wrong: string[] = []
  for (const change of changes) {
    const [from, to] = around(change)
    const due = arrivals(change.timeZone, from, to)
    for (const { cron, matches } of rules) {
      const recurrence = { timeZone: change.timeZone, cron }
      const expected = slotsOn(due, matches)
      const found = slotsIn(recurrence, from, to)
      const same = found.join() === expected.join() && slotsOf(recurrence).count(from, to) === found.length
      if (!same) wrong.push(`${change.timeZone} ${new Date(change.at).toISOString()} "${cron}"`)
    }
  }
  t.strictSame(wrong, [])
})

const date = (ms: number) => new Date(ms).toISOString().slice(0, 10)

test('random recurrences with bounds and excluded dates have the slots that a walk by the clock finds', async t => {
  const random = seededRandom(t)
  const some = (limit: number) => Array.from({ length: 1 + random(4) }, () => random(limit))
  const wrong: string[] = []
  for (let tries = 0; tries < 1000; tries += 1) {
    const change = changes[random(changes.length)] as ClockChange
    const [from, to] = around(change)
    const clock = wallClock(change.timeZone)
    const [start, end] = [from + random(300) * minute, to - random(300) * minute]
    const excluded = Array.from({ length: 1 + random(3) }, () =>
      date(clock(from + random(3 * 24 * 60) * minute - 24 * hour)),
    )
    const isOpen = (instant: number) =>
      instant >= start && instant < end && !excluded.includes(date(clock(instant)))

    const bounds = {
      timeZone: change.timeZone,
      start: new Date(start),
      end: new Date(end),
      exclude: excluded.map(day => ({ from: day, to: day })),
    }
    const { cron, matches } = at(some(24), some(60))
    const [every, anchor] = [(1 + random(90)) * minute, from + (random(600) - 300) * minute]
    const elapsed = Array.from({ length: 5000 }, (_, i) => anchor + i * every)
    const cases: [Recurrence, number[]][] = [
      [{ ...bounds, cron }, slotsOn(arrivals(change.timeZone, from, to), matches)],
      [{ ...bounds, every, anchor: new Date(anchor) }, elapsed.filter(slot => slot >= from && slot < to)],
    ]
    for (const [recurrence, all] of cases) {
      const expected = all.filter(isOpen)
      const found = slotsIn(recurrence, from, to)
      const same = found.join() === expected.join() && slotsOf(recurrence).count(from, to) === found.length
      if (!same)
        wrong.push(`${JSON.stringify(recurrence)}: ${found.map(date)} instead of ${expected.map(date)}`)
    }
  }
  t.strictSame(wrong, [])
})
