import { test } from 'tap'
import { type CatchUp, dueSlots } from '../../src/calendar/due-slots.ts'
import { nextFiring, type Timing } from '../../src/calendar/firing-time.ts'
import { MAX_COUNTED } from '../../src/calendar/slot-search.ts'
import type { Recurrence } from '../../src/calendar/slots.ts'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const day = 24 * hour

const hourly: Recurrence = { timeZone: 'UTC', cron: '0 * * * *' }
const eachSecond: Recurrence = { timeZone: 'UTC', cron: '* * * * * *' }

type Options = Partial<Timing & CatchUp> & { nextSlot: string; now: string }

/** Computes the due slots of a schedule. By default it fires hourly, and catches up all missed slots of a week. */
function due({ nextSlot, now, ...options }: Options) {
  const timing = {
    name: 'tea',
    recurrence: hourly,
    jitter: 0,
    catchUp: 'all' as const,
    catchUpWindow: 7 * day,
  }
  const { fired, leftOut, next } = dueSlots(
    { ...timing, ...options, nextSlot: new Date(nextSlot) },
    new Date(now),
  )
  const described = fired.map(({ slot, missed }) => `${short(slot)}${missed ? ' missed' : ''}`)
  return { fired: described, leftOut, next: next && short(next.nextSlot) }
}

const short = (instant: Date) =>
  instant
    .toISOString()
    .slice('2026-11-'.length)
    .replace(/(:00)?\.000Z$/, '')

test('nothing is due before the next slot', async t => {
  t.strictSame(due({ nextSlot: '2026-11-22T12:00Z', now: '2026-11-22T11:59:59.999Z' }), {
    fired: [],
    leftOut: 0,
    next: '22T12:00',
  })
})

test('a slot fires at its time, and the following slot is next', async t => {
  t.strictSame(due({ nextSlot: '2026-11-22T12:00Z', now: '2026-11-22T12:00Z' }), {
    fired: ['22T12:00'],
    leftOut: 0,
    next: '22T13:00',
  })
})

test('a slot is missed when it fires more than 60 s late', async t => {
  t.strictSame(due({ nextSlot: '2026-11-22T12:00Z', now: '2026-11-22T12:01Z' }).fired, ['22T12:00'])
  t.strictSame(due({ nextSlot: '2026-11-22T12:00Z', now: '2026-11-22T12:01:00.001Z' }).fired, [
    '22T12:00 missed',
  ])
})

const caughtUp: [string, Partial<CatchUp>, { fired: string[]; leftOut: number }][] = [
  [
    'all of them',
    {},
    { fired: ['22T10:00 missed', '22T11:00 missed', '22T12:00 missed', '22T13:00'], leftOut: 0 },
  ],
  [
    'all slots in the window',
    { catchUpWindow: 2 * hour + 30 * second },
    { fired: ['22T11:00 missed', '22T12:00 missed', '22T13:00'], leftOut: 1 },
  ],
  [
    'only the slot in time, when the window is shorter than the lateness',
    { catchUpWindow: second },
    { fired: ['22T13:00'], leftOut: 3 },
  ],
  ['the latest, with catchUp latest', { catchUp: 'latest' }, { fired: ['22T13:00'], leftOut: 3 }],
  ['only the slot in time, with catchUp none', { catchUp: 'none' }, { fired: ['22T13:00'], leftOut: 3 }],
]

for (const [what, catchUp, expected] of caughtUp) {
  test(`three slots were missed and one is in time; what fires: ${what}`, async t => {
    t.strictSame(due({ nextSlot: '2026-11-22T10:00Z', now: '2026-11-22T13:00:30Z', ...catchUp }), {
      ...expected,
      next: '22T14:00',
    })
  })
}

test('after a pause of 100 s `latest` fires the latest slot only, also when other slots are in time', async t => {
  const often = { recurrence: { timeZone: 'UTC', cron: '*/10 * * * * *' }, nextSlot: '2026-11-22T10:00:10Z' }
  t.strictSame(due({ ...often, now: '2026-11-22T10:01:45Z', catchUp: 'latest' }), {
    fired: ['22T10:01:40'],
    leftOut: 9,
    next: '22T10:01:50',
  })
  t.strictSame(
    due({ ...often, now: '2026-11-22T10:01:45Z', catchUp: 'none' }).fired.length,
    6,
    '`none` fires all slots in time',
  )
})

test('when no slot was missed, all due slots fire with any `catchUp`', async t => {
  const often = { recurrence: { timeZone: 'UTC', cron: '*/10 * * * * *' }, nextSlot: '2026-11-22T10:00:10Z' }
  for (const catchUp of ['all', 'latest', 'none'] as const) {
    const { fired, leftOut } = due({ ...often, now: '2026-11-22T10:01:10Z', catchUp, catchUpWindow: second })
    t.strictSame([fired.length, leftOut], [7, 0], catchUp)
  }
})

test('when no slot is in time, `latest` fires the last missed slot and `none` fires nothing', async t => {
  const missed = { nextSlot: '2026-11-22T10:00Z', now: '2026-11-22T12:59Z' }
  t.strictSame(due({ ...missed, catchUp: 'latest' }), {
    fired: ['22T12:00 missed'],
    leftOut: 2,
    next: '22T13:00',
  })
  t.strictSame(due({ ...missed, catchUp: 'latest', catchUpWindow: 10 * minute }), {
    fired: [],
    leftOut: 3,
    next: '22T13:00',
  })
  t.strictSame(due({ ...missed, catchUp: 'none' }), { fired: [], leftOut: 3, next: '22T13:00' })
})

test('the slots that exceed one firing stay due', async t => {
  const recurrence = eachSecond
  const first = due({ recurrence, nextSlot: '2026-11-22T10:00Z', now: '2026-11-22T10:10Z' })
  t.strictSame([first.fired.length, first.leftOut, first.next], [366, 0, '22T10:06:06'])
  const second = due({ recurrence, nextSlot: '2026-11-22T10:06:06Z', now: '2026-11-22T10:10Z' })
  t.strictSame(
    [second.fired.length, second.fired[0], second.next],
    [235, '22T10:06:06 missed', '22T10:10:01'],
  )
})

test('after years of downtime at most 1,000 left-out slots are counted', async t => {
  const down = { recurrence: eachSecond, nextSlot: '2006-11-22T10:00Z', now: '2026-11-22T10:00Z' }
  const none = due({ ...down, catchUp: 'none' })
  t.strictSame([none.fired.length, none.leftOut, none.next], [61, MAX_COUNTED, '22T10:00:01'])
  const latest = due({ ...down, catchUp: 'latest' })
  t.strictSame([latest.fired, latest.leftOut, latest.next], [['22T10:00'], MAX_COUNTED, '22T10:00:01'])
  const all = due({ ...down, catchUpWindow: hour })
  t.strictSame([all.fired[0], all.leftOut], ['22T09:00 missed', MAX_COUNTED])
})

test('up to 1,000 left-out slots are counted exactly', async t => {
  for (const [seconds, counted] of [
    [999, 999],
    [1000, 1000],
    [1001, 1000],
  ] as const) {
    const nextSlot = new Date(Date.parse('2026-11-22T10:00Z') - seconds * second).toISOString()
    const { leftOut } = due({ recurrence: eachSecond, nextSlot, now: '2026-11-22T10:00Z', catchUp: 'latest' })
    t.equal(leftOut, counted, `${seconds} slots before the latest one`)
  }
})

test('skipped times, excluded dates and times after the end do not count as missed', async t => {
  const recurrence: Recurrence = {
    timeZone: 'Europe/Berlin',
    cron: '30 * * * *',
    exclude: [{ from: '2026-10-26', to: '2026-10-26' }],
    end: new Date('2026-10-27T12:00Z'),
  }
  // 25 October has 25 hours; 27 October has 13 hours before the end.
  const missed = due({ recurrence, catchUp: 'none', nextSlot: '2026-10-24T22:30Z', now: '2026-11-22T12:00Z' })
  t.strictSame(missed, { fired: [], leftOut: 25 + 13, next: undefined })
})

test('a stored next slot does not fire if the current rules have no slot at that instant', async t => {
  // Earlier versions gave a wildcard a slot at the end of a skipped hour.
  const recurrence: Recurrence = { timeZone: 'Europe/Berlin', cron: '30 * * * *' }
  const stored = { recurrence, nextSlot: '2026-03-29T01:00Z' }
  t.strictSame(due({ ...stored, now: '2026-03-29T01:00Z' }), { fired: [], leftOut: 0, next: '29T01:30' })
  t.strictSame(due({ ...stored, now: '2026-03-29T01:30Z' }).fired, ['29T01:30'])
  t.strictSame(due({ ...stored, catchUp: 'none', now: '2026-03-29T03:00Z' }).leftOut, 2)
})

test('after the last slot nothing is due', async t => {
  const recurrence: Recurrence = { timeZone: 'UTC', at: new Date('2026-11-22T12:00Z') }
  t.strictSame(due({ recurrence, nextSlot: '2026-11-22T12:00Z', now: '2026-11-22T12:00Z' }), {
    fired: ['22T12:00'],
    leftOut: 0,
    next: undefined,
  })
  const late = { recurrence, nextSlot: '2026-11-22T12:00Z', now: '2026-11-30T12:00Z' }
  t.strictSame(due(late), { fired: [], leftOut: 1, next: undefined }, 'older than the window')
})

const timing = (name: string, jitter: number): Timing => ({ name, recurrence: hourly, jitter })

test('the lateness of a firing does not include its jitter', async t => {
  const jitter = 30 * minute
  const recurrence = hourly
  const { nextSlot, nextFireAt } =
    nextFiring({ name: 'tea', recurrence, jitter }, new Date('2026-11-22T12:00Z')) ?? {}
  t.match(nextSlot, new Date('2026-11-22T13:00Z'))
  const fired = (later: number) =>
    due({
      jitter,
      catchUp: 'none',
      nextSlot: '2026-11-22T13:00Z',
      now: new Date((nextFireAt?.getTime() ?? 0) + later).toISOString(),
    })
  t.strictSame(fired(-1), { fired: [], leftOut: 0, next: '22T13:00' })
  t.strictSame(fired(minute), { fired: ['22T13:00'], leftOut: 0, next: '22T14:00' })
  t.strictSame(fired(minute + 1), { fired: [], leftOut: 1, next: '22T14:00' })
})

test('a slot whose jitter is not over is not missed', async t => {
  const jitter = 30 * minute
  const { nextFireAt } = nextFiring(timing('tea', jitter), new Date('2026-11-22T12:00Z')) ?? {}
  const delay = (nextFireAt?.getTime() ?? 0) - Date.parse('2026-11-22T13:00Z')
  t.ok(delay > 2 * minute, `it fires ${delay} ms later than its slot`)
  const now = new Date((nextFireAt?.getTime() ?? 0) + second).toISOString()
  const missed = { jitter, nextSlot: '2026-11-22T10:00Z', now }
  t.strictSame(due({ ...missed, catchUp: 'none' }), { fired: ['22T13:00'], leftOut: 3, next: '22T14:00' })
  t.strictSame(due({ ...missed, catchUpWindow: minute }).fired, ['22T13:00'])
  t.strictSame(due({ ...missed, catchUp: 'latest' }).fired, ['22T13:00'])
  const before = new Date((nextFireAt?.getTime() ?? 0) - second).toISOString()
  t.strictSame(due({ ...missed, now: before, catchUp: 'latest' }), {
    fired: ['22T12:00 missed'],
    leftOut: 2,
    next: '22T13:00',
  })
})

// No downtime here has more than MAX_COUNTED slots, so the counts are exact.
test('after downtime each due slot with jitter fires or is counted as left out, once', async t => {
  const recurrence: Recurrence = { timeZone: 'UTC', every: minute, anchor: new Date('2026-11-20T00:00Z') }
  for (const catchUp of ['all', 'latest', 'none'] as const) {
    let nextSlot = '2026-11-20T00:00Z'
    let counted = 0
    for (const now of ['2026-11-20T00:00:59Z', '2026-11-20T15:13:31Z', '2026-11-21T07:00:00Z']) {
      for (let more = true; more; ) {
        const options = { name: 'tea', recurrence, jitter: minute, catchUp, catchUpWindow: hour }
        const { fired, leftOut, next } = dueSlots({ ...options, nextSlot: new Date(nextSlot) }, new Date(now))
        counted += fired.length + leftOut
        nextSlot = next?.nextSlot.toISOString() ?? ''
        more = next !== undefined && next.nextFireAt <= new Date(now)
      }
    }
    t.equal(counted, (Date.parse(nextSlot) - Date.parse('2026-11-20T00:00Z')) / minute, catchUp)
  }
})
