import { test } from 'tap'
import { type Definition, sameRecurrence } from '../../src/definitions/definition.ts'
import { nextState } from '../../src/schedules/next-state.ts'
import type { UserSchedule } from '../../src/schedules/schedule.ts'

const created = new Date('2026-11-22T10:00:00Z')
const now = new Date('2026-11-22T14:03:00Z')
const defaults = { timeZone: 'UTC', paused: false, catchUp: 'all', catchUpWindow: 'P7D' } as const
const hourly: Definition = { ...defaults, every: 'PT1H' }
const cron: Definition = { ...defaults, cron: '0 12 * * *' }

/** A schedule that was created at `created`. It is overdue when its next slot is past. */
function made(definition: Definition, changes: Partial<UserSchedule> = {}): UserSchedule {
  const { anchor, nextSlot, nextFireAt, definition: text } = nextState('s', undefined, definition, created)
  const slots = { ...(nextSlot && { nextSlot }), ...(nextFireAt && { nextFireAt }) }
  return { _id: 's', kind: 'user', version: 1, definition: text, anchor, changes: [], ...slots, ...changes }
}

const next = (current: UserSchedule | undefined, definition: Definition) =>
  nextState('s', current, definition, now).nextSlot?.toISOString()

test('a new schedule starts with the first slot after now; `every` counts from now, or from `start`', async t => {
  t.equal(next(undefined, hourly), '2026-11-22T15:03:00.000Z')
  t.equal(next(undefined, { ...hourly, start: '2026-01-01T00:30:00.000Z' }), '2026-11-22T14:30:00.000Z')
  t.equal(next(undefined, { ...hourly, start: '2026-12-01T00:30:00.000Z' }), '2026-12-01T00:30:00.000Z')
  t.equal(next(undefined, cron), '2026-11-23T12:00:00.000Z')
  t.equal(next(undefined, { ...defaults, at: '2026-11-01T00:00:00.000Z' }), '2026-11-01T00:00:00.000Z')
  t.equal(next(undefined, { ...cron, paused: true }), undefined)
})

test('a change that leaves the slots as they are keeps the next slot, also an overdue one', async t => {
  const overdue = '2026-11-22T11:00:00.000Z'
  t.equal(next(made(hourly), { ...hourly, data: { a: 1 }, catchUp: 'none' }), overdue)
  t.equal(
    next(made(hourly), { ...hourly, timeZone: 'Asia/Tokyo' }),
    overdue,
    '`every` does not depend on the time zone',
  )
  const { nextSlot, nextFireAt } = nextState('s', made(hourly), { ...hourly, jitter: 'PT1H' }, now)
  t.equal(nextSlot?.toISOString(), overdue)
  t.ok(nextFireAt && nextSlot && nextFireAt > nextSlot, 'with new jitter it fires later')
})

test('changed slots start after now', async t => {
  t.equal(next(made(hourly), { ...hourly, every: 'PT2H' }), '2026-11-22T16:03:00.000Z')
  t.equal(next(made(hourly), cron), '2026-11-23T12:00:00.000Z')
  t.equal(next(made(cron), { ...cron, timeZone: 'Asia/Tokyo' }), '2026-11-23T03:00:00.000Z')
  const upcoming = { nextSlot: new Date('2026-11-23T12:00:00Z') }
  t.equal(next(made(cron, upcoming), { ...cron, exclude: ['2026-11-23'] }), '2026-11-24T12:00:00.000Z')
})

test('`every` counts from the same instant while `every` and `start` have the same value, in any spelling', async t => {
  const grid = '2026-11-22T15:00:00.000Z'
  const anchorOf = (definition: Definition) => nextState('s', made(hourly), definition, now).anchor
  const tomorrow: Definition = { ...hourly, exclude: ['2026-11-23'] }
  t.strictSame(anchorOf(tomorrow), created)
  t.strictSame(anchorOf({ ...hourly, every: 'PT60M' }), created)
  t.strictSame(anchorOf({ ...hourly, every: 'PT2H' }), now)
  t.strictSame(anchorOf({ ...hourly, start: '2026-01-01T00:30:00.000Z' }), now)
  const waiting = { nextSlot: new Date(grid) }
  t.equal(next(made(hourly, waiting), tomorrow), grid)
  t.equal(next(made(hourly, waiting), { ...hourly, end: '2026-12-01T00:00:00.000Z' }), grid)
})

test('a different spelling of the excluded dates changes nothing', async t => {
  const overdue = '2026-11-22T12:00:00.000Z'
  const one: Definition = { ...cron, exclude: ['2026-12-24', { from: '2026-12-26', to: '2026-12-27' }] }
  const two: Definition = {
    ...cron,
    exclude: [
      { to: '2026-12-27', from: '2026-12-26' },
      { from: '2026-12-24', to: '2026-12-24' },
    ],
  }
  t.equal(next(made(one), two), overdue)
  t.ok(sameRecurrence(one, two))
  t.notOk(sameRecurrence(one, cron))
})

test('a due slot stays due when only `end` or `exclude` change and still allow it', async t => {
  const overdue = '2026-11-22T11:00:00.000Z'
  t.equal(next(made(hourly), { ...hourly, exclude: ['2026-11-23'] }), overdue)
  t.equal(next(made(hourly), { ...hourly, end: '2026-12-01T00:00:00.000Z' }), overdue)
  t.equal(next(made(hourly), { ...hourly, exclude: ['2026-11-22'] }), '2026-11-23T00:00:00.000Z')
  t.equal(next(made(hourly), { ...hourly, end: '2026-11-22T11:00:00.000Z' }), undefined)
  const skipping: Definition = { ...cron, exclude: ['2026-11-22', '2026-11-23'] }
  t.equal(
    next(made(skipping), { ...cron, exclude: [] }),
    '2026-11-23T12:00:00.000Z',
    'a slot before the next one becomes possible',
  )
})

const firedAt = (slot: string) => ({ stats: { fired: 1, missed: 0, caughtUp: 0, lastSlot: new Date(slot) } })

test('a past `at` fires at once, and only once', async t => {
  const at = '2026-11-22T12:00:00.000Z'
  const once: Definition = { ...defaults, at }
  t.equal(next(made(cron), once), at)
  const { nextSlot, nextFireAt, ...fired } = made(once, firedAt(at))
  t.equal(next(fired, { ...once, data: { a: 1 } }), undefined)
  t.equal(next(fired, { ...once, end: '2026-12-01T00:00:00.000Z' }), undefined)
  t.equal(next(fired, { ...once, at: '2026-11-22T13:00:00.000Z' }), '2026-11-22T13:00:00.000Z')
  const deleted = { ...fired, deletedAt: now }
  t.equal(next(deleted, once), undefined, 'not after the schedule was deleted either')
  const between = made({ ...once, at: '2026-11-22T13:00:00.000Z' }, firedAt('2026-11-22T13:00:00.000Z'))
  t.equal(next(between, once), undefined, 'not after another `at` fired in between either')
})

test('no slot fires twice when the clock was set back, or is behind the clock of another process', async t => {
  const ahead = firedAt('2026-11-22T16:00:00.000Z')
  t.equal(next(made({ ...hourly, paused: true }, ahead), hourly), '2026-11-22T17:00:00.000Z')
  t.equal(next(made(cron, ahead), { ...defaults, cron: '0 * * * *' }), '2026-11-22T17:00:00.000Z')
  const hours: Definition = { ...defaults, cron: '0 * * * *' }
  t.equal(next(made(hours, { ...ahead, deletedAt: now }), hours), '2026-11-22T17:00:00.000Z')
})

test('a paused schedule has no next slot; resumed, it continues with the first slot after now on the same grid', async t => {
  t.equal(next(made(hourly), { ...hourly, paused: true }), undefined)
  t.equal(next(made({ ...hourly, paused: true }), hourly), '2026-11-22T15:00:00.000Z')
  const past: Definition = { ...defaults, at: '2026-11-22T12:00:00.000Z' }
  t.equal(next(made({ ...past, paused: true }), past), past.at, 'an `at` is not lost')
})

test('an ended schedule stays ended until its slots change', async t => {
  const { nextSlot, nextFireAt, ...ended } = made({ ...hourly, end: '2026-11-22T12:00:00.000Z' })
  t.equal(next(ended, { ...hourly, end: '2026-11-22T12:00:00.000Z', data: {} }), undefined)
  t.equal(next(ended, hourly), '2026-11-22T15:00:00.000Z', 'without `end` it continues on the same grid')
})
