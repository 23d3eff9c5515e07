import { LONG } from '@daybook/shared/testing'
import { test } from 'tap'
import { firings, instant, lateness, slotText, startFaked, withFakeTime } from '../support/faked-scheduler.ts'

interface Change {
  what: string
  timeZone: string
  /** An instant shortly before the change. */
  before: string
  /** Cron expressions, and their slots from `before` to `after`. */
  crons: Record<string, string[]>
  after: string
}

/** Changes of clocks, in order of time. */
const changes: Change[] = [
  {
    what: 'the hour before midnight comes twice',
    timeZone: 'America/Sao_Paulo',
    before: '2018-02-18T01:20Z',
    crons: {
      '30 23 * * *': ['2018-02-18T01:30Z'],
      '0 0 * * *': ['2018-02-18T03:00Z'],
    },
    after: '2018-02-18T03:30Z',
  },
  {
    what: 'midnight does not exist',
    timeZone: 'America/Sao_Paulo',
    before: '2018-11-04T02:20Z',
    crons: {
      '0 0 * * *': ['2018-11-04T03:00Z'],
      '30 0,1 * * *': ['2018-11-04T03:00Z', '2018-11-04T03:30Z'],
    },
    after: '2018-11-04T04:00Z',
  },
  {
    what: 'half past two does not exist',
    timeZone: 'Europe/Berlin',
    before: '2026-03-29T00:20Z',
    crons: {
      '30 2 * * *': ['2026-03-29T01:00Z'],
      '0,30 2-3 * * *': ['2026-03-29T01:00Z', '2026-03-29T01:30Z'],
      '30 * * * *': ['2026-03-29T00:30Z', '2026-03-29T01:30Z'],
    },
    after: '2026-03-29T02:00Z',
  },
  {
    what: 'half an hour comes twice',
    timeZone: 'Australia/Lord_Howe',
    before: '2026-04-04T14:40Z',
    crons: {
      '45 1 * * *': ['2026-04-04T14:45Z'],
      '45 * * * *': ['2026-04-04T14:45Z', '2026-04-04T15:15Z'],
      '0 2 * * *': ['2026-04-04T15:30Z'],
    },
    after: '2026-04-04T16:00Z',
  },
  {
    what: 'midnight does not exist',
    timeZone: 'Africa/Cairo',
    before: '2026-04-23T21:20Z',
    crons: {
      '0 0 * * *': ['2026-04-23T22:00Z'],
      '30 0,1 * * *': ['2026-04-23T22:00Z', '2026-04-23T22:30Z'],
    },
    after: '2026-04-23T23:00Z',
  },
  {
    what: 'half an hour does not exist',
    timeZone: 'Australia/Lord_Howe',
    before: '2026-10-03T15:20Z',
    crons: {
      '15 2 * * *': ['2026-10-03T15:30Z'],
      '45 2 * * *': ['2026-10-03T15:45Z'],
    },
    after: '2026-10-03T16:00Z',
  },
  {
    what: 'half past two comes twice',
    timeZone: 'Europe/Berlin',
    before: '2026-10-25T00:20Z',
    crons: {
      '30 2 * * *': ['2026-10-25T00:30Z'],
      '0 2,3 * * *': ['2026-10-25T02:00Z'],
      '*/30 * * * *': ['2026-10-25T00:30Z', '2026-10-25T01:00Z', '2026-10-25T01:30Z', '2026-10-25T02:00Z'],
    },
    after: '2026-10-25T02:30Z',
  },
  {
    what: 'the hour before midnight comes twice',
    timeZone: 'Africa/Cairo',
    before: '2026-10-29T20:20Z',
    crons: {
      '30 23 * * *': ['2026-10-29T20:30Z'],
      '0 0 * * *': ['2026-10-29T22:00Z'],
    },
    after: '2026-10-29T22:30Z',
  },
]

const halfHour = 1_800_000

/** The half hours from one instant, included, to another, excluded. */
function halfHours(from: string, to: string): string[] {
  const first = Math.ceil(Date.parse(from) / halfHour) * halfHour
  const count = Math.ceil((Date.parse(to) - first) / halfHour)
  return Array.from({ length: count }, (_, i) => slotText(first + i * halfHour))
}

// The unit tests of slots cover every change; these run the whole service. The short version has one forward and one back.
const chosen = LONG ? changes : changes.slice(2, 4)

for (const [year, changesInIt] of Map.groupBy(chosen, ({ before }) => before.slice(0, 4))) {
  const what = changesInIt.map(({ timeZone, what }) => `${timeZone}, ${what}`).join('; ')
  test(`schedules fire at their slots and at no other time in ${year}: ${what}`, withFakeTime, async t => {
    const { clock, put, fired, slots, records } = await startFaked(t, changesInIt[0]?.before ?? '')
    const expected: Record<string, string[]> = {}
    for (const [number, change] of changesInIt.entries()) {
      await clock.set(new Date(change.before))
      const schedules = schedulesOver(change).map((schedule, i) => ({
        ...schedule,
        name: `change-${number}-${i}`,
      }))
      for (const { name, definition, at } of schedules) {
        await put(name, definition)
        expected[name] = at
      }
      for (const slot of [...new Set(schedules.flatMap(({ at }) => at))].sort()) {
        await clock.set(new Date(slot))
        for (const { name, at } of schedules) if (at.includes(slot)) await fired(name, slot)
      }
    }
    t.strictSame(Object.fromEntries(Object.keys(expected).map(name => [name, slots(name)])), expected)
    const lateOrEarly = firings(records).filter(({ value }) => lateness(value) < 0 || value.missed)
    t.strictSame(lateOrEarly, [])
  })
}

/** Schedules with the cron expressions of a change, and one with `every`, each with its expected slots. */
function schedulesOver({ timeZone, before, crons, after }: Change) {
  const bounds = { timeZone, end: instant(after) }
  const due = halfHours(before, after)
  return [
    ...Object.entries(crons).map(([cron, at]) => ({ at, definition: { ...bounds, cron } })),
    { at: due, definition: { ...bounds, every: 'PT30M', start: instant(due[0]) } },
  ]
}
