import { LONG, seededRandom } from '@daybook/shared/testing'
import { timeZones } from '@daybook/shared/time/days'
import { test } from 'tap'
import { nextSlot, type Recurrence } from '../../src/calendar/slots.ts'
import {
  type Arrival,
  arrivals,
  type ClockChange,
  clockChanges,
  shownMinutes,
  slotsOn,
  wallClock,
} from '../support/wall-clock.ts'

const minute = 60_000
const hour = 60 * minute

const years = LONG ? [2010, 2011, 2018, 2026] : [2026]
const changes = years.flatMap(year => timeZones.flatMap(timeZone => clockChanges(timeZone, year)))

/** Three hours before and after a change, and the times that it skips or repeats. */
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

interface Rule {
  cron: string
  isWildcard: boolean
  matches: (arrival: Arrival) => boolean
}

const at = (hours: number[], minutes: number[]): Rule => ({
  cron: `${minutes.join()} ${hours.join()} * * *`,
  isWildcard: false,
  matches: ({ local }) => hours.includes(local.getUTCHours()) && minutes.includes(local.getUTCMinutes()),
})

/** A rule for a wildcard: each field is a star, a star with a step, or numbers. */
const wildcard = (hours: string, minutes: string): Rule => ({
  cron: `${minutes} ${hours} * * *`,
  isWildcard: true,
  matches: ({ local }) => fits(hours, local.getUTCHours()) && fits(minutes, local.getUTCMinutes()),
})

function fits(field: string, value: number): boolean {
  const [, step = '1'] = field.split('/')
  return field.startsWith('*') ? value % Number(step) === 0 : field.split(',').includes(String(value))
}

/** Finds the slots of a rule in [from, to): a fixed time when it comes first, a wildcard whenever the clock shows it. */
function walk(timeZone: string, from: number, to: number): (rule: Rule) => number[] {
  const [before, ...shown] = shownMinutes(timeZone, from - minute, to)
  const due = arrivals([before as Arrival, ...shown])
  return ({ isWildcard, matches }) => slotsOn(isWildcard ? shown : due, matches)
}

const allHours = Array.from({ length: 24 }, (_, i) => i)
const rules = [
  at(allHours, [0, 15, 30, 45]),
  at([0], [0]),
  at([2], [30]),
  at([0, 1, 2, 3], [7, 52]),
  at([23], [45]),
  at([12], [0]),
  wildcard('*', '*/5'),
  wildcard('*', '30'),
  wildcard('2', '*/20'),
  wildcard('*/3', '0,45'),
]

test(`around ${changes.length} clock changes the slots equal those found by stepping through the wall clock`, async t => {
  const wrong: string[] = []
  for (const change of changes) {
    const [from, to] = around(change)
    const slotsByClock = walk(change.timeZone, from, to)
    for (const rule of rules) {
      const { cron } = rule
      const recurrence = { timeZone: change.timeZone, cron }
      const expected = slotsByClock(rule)
      const found = slotsIn(recurrence, from, to)
      if (found.join() !== expected.join())
        wrong.push(`${change.timeZone} ${new Date(change.at).toISOString()} "${cron}"`)
    }
  }
  t.strictSame(wrong, [])
})

const date = (ms: number) => new Date(ms).toISOString().slice(0, 10)

test('random recurrences with bounds and excluded dates have the slots found by stepping through the wall clock', async t => {
  const random = seededRandom(t)
  const some = (limit: number) => Array.from({ length: 1 + random(4) }, () => random(limit))
  const wrong: string[] = []
  for (let tries = 0; tries < (LONG ? 1000 : 400); tries += 1) {
    const change = changes[random(changes.length)] as ClockChange
    const [from, to] = around(change)
    const clock = wallClock(change.timeZone)
    const slotsByClock = walk(change.timeZone, from, to)
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
    const fixed = at(some(24), some(60))
    const stars = wildcard(`*/${1 + random(23)}`, random(2) === 0 ? `*/${1 + random(59)}` : some(60).join())
    const [every, anchor] = [(1 + random(90)) * minute, from + (random(600) - 300) * minute]
    const elapsed = Array.from({ length: 5000 }, (_, i) => anchor + i * every)
    const cases: [Recurrence, number[]][] = [
      [{ ...bounds, cron: fixed.cron }, slotsByClock(fixed)],
      [{ ...bounds, cron: stars.cron }, slotsByClock(stars)],
      [{ ...bounds, every, anchor: new Date(anchor) }, elapsed.filter(slot => slot >= from && slot < to)],
    ]
    for (const [recurrence, all] of cases) {
      const expected = all.filter(isOpen)
      const found = slotsIn(recurrence, from, to)
      if (found.join() !== expected.join())
        wrong.push(`${JSON.stringify(recurrence)}: ${found.map(date)} instead of ${expected.map(date)}`)
    }
  }
  t.strictSame(wrong, [])
})
