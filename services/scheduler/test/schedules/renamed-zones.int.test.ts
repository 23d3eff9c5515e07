import { endOfDayEvent } from '@daybook/shared/events'
import { outboxEntries } from '@daybook/shared/outbox'
import { makeStack, type Stack, until, watchTopic } from '@daybook/shared/testing'
import { dayOf, endOfDay } from '@daybook/shared/time/days'
import { test } from 'tap'
import type { EndOfDaySchedule } from '../../src/schedules/schedule.ts'
import {
  allPublished,
  CLOCK,
  lastDays,
  makeScheduler,
  type ScheduleView,
  schedulesOf,
  startScheduler,
} from '../support/scheduler.ts'

const OLD = 'Asia/Calcutta'
const CURRENT = 'Asia/Kolkata'
const older = `end-of-day:${OLD}`
const current = `end-of-day:${CURRENT}`

/** An end-of-day schedule as an earlier version stored it. */
function old(nextDay: string): EndOfDaySchedule {
  const lastSlot = new Date(endOfDay(nextDay, OLD).getTime() - 86_400_000)
  const stats = { fired: 7, missed: 0, caughtUp: 0, lastSlot, lastFiredAt: lastSlot, lateMs: 0 }
  return {
    _id: older,
    kind: 'end-of-day',
    timeZone: OLD,
    nextDay,
    nextFireAt: endOfDay(nextDay, OLD),
    stats,
  }
}

const read = (stack: Stack, _id: string) =>
  schedulesOf(stack).findOne({ _id }) as Promise<EndOfDaySchedule | null>

test('a schedule of an earlier version continues under the current name of its zone, and fires each day once', async t => {
  const stack = await makeStack(t)
  const [waiting = '', ...missed] = lastDays(OLD, 3)
  const left = endOfDayEvent(waiting, OLD, endOfDay(waiting, OLD), older)
  const outbox = outboxEntries([left]).map(entry => ({ ...entry, storedAt: new Date(0) }))
  await schedulesOf(stack).insertOne({ ...old(missed[0] ?? ''), outbox })
  const env = { TIME_ZONES: `UTC,${OLD}` }
  const [scheduler] = await Promise.all([startScheduler(t, stack, env), startScheduler(t, stack, env)])
  const records = await watchTopic(t, stack, CLOCK)
  const list = async () =>
    (await scheduler.operator<{ schedules: ScheduleView[] }>('/schedules')).body.schedules
  await until('the missed days have fired', async () =>
    (await list()).some(({ name, stats }) => name === current && stats.fired >= 9),
  )
  await allPublished(stack)
  const { body: last } = await scheduler.operator('/end-of-day', { body: { day: '2001-01-01' } })
  await until('the last record is read', () => records.some(({ headers }) => headers.ce_id === last.id))

  // An event that fired once may be sent twice. A midnight during the test adds one event.
  const ids = [...new Set(records.map(({ headers }) => headers.ce_id))].slice(0, 3)
  t.strictSame(ids, [left.id, ...missed.map(day => `end-of-day:${CURRENT}:${day}`)])
  const names = (await list()).map(({ name }) => name)
  t.strictSame(names, [current, 'end-of-day:UTC'])
  const { body } = await scheduler.operator<ScheduleView>(`/schedules/${encodeURIComponent(older)}`)
  t.match(body, { name: current, timeZone: CURRENT, nextDay: dayOf(new Date(), CURRENT) })
})

test('a schedule that an earlier version creates and fires beside this one is replaced when it is due', async t => {
  const stack = await makeStack(t)
  const { tick, fired } = await makeScheduler(t, stack, { timeZones: [CURRENT] })
  const days = async () => (await fired(current)).map(({ data }) => (data as unknown as { day: string }).day)
  const [first = '', second = ''] = lastDays(CURRENT, 2)

  // The earlier version starts: it stops the schedule that it does not know, and creates its own.
  const rested = { $set: { nextDay: first }, $unset: { nextFireAt: '' } } as const
  await schedulesOf(stack).updateOne({ _id: current }, rested)
  await schedulesOf(stack).insertOne(old(first))
  while (await tick()) t.pass('there is more to do')
  t.strictSame(await days(), [first, second])
  t.strictSame(await fired(older), [])

  // The earlier version is ahead: it has published the days before today.
  const today = dayOf(new Date(), CURRENT)
  const next = endOfDay(today, CURRENT)
  await schedulesOf(stack).updateOne({ _id: current }, { $set: { nextDay: second, nextFireAt: new Date(0) } })
  await schedulesOf(stack).replaceOne({ _id: older }, old(today))
  while (await tick()) t.pass('there is more to do')
  t.strictSame(await days(), [first, second], 'no day is fired again')
  t.match(await read(stack, current), { nextDay: today, nextFireAt: next })
  t.equal((await read(stack, older))?.nextFireAt, undefined)
})

test('the next start completes a replacement that was interrupted by a kill', async t => {
  const stack = await makeStack(t)
  const [day = ''] = lastDays(CURRENT, 1)
  const { nextFireAt = new Date(), ...resting } = old(day)
  // The state after the first write, and after all writes but the last.
  const halves = [
    { ...resting, _id: current, timeZone: CURRENT },
    { ...old(day), _id: current, timeZone: CURRENT },
  ]
  for (const half of halves) {
    await schedulesOf(stack).deleteMany({})
    await schedulesOf(stack).insertMany([half, { ...resting, nextFireAt }])
    const { tick, fired } = await makeScheduler(t, stack, { timeZones: [CURRENT] })
    await tick()
    t.equal((await fired(current)).length, 1)
    t.equal((await fired(older)).length, 0)
  }
})

test('a renamed zone that is not listed does not end its days; listed again, it continues where it stopped', async t => {
  const stack = await makeStack(t)
  const missed = lastDays(CURRENT, 2)
  await schedulesOf(stack).insertOne(old(missed[0] ?? ''))
  const without = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  await without.tick()
  t.strictSame(await without.fired(current), [])
  const { tick, fired } = await makeScheduler(t, stack, { timeZones: [CURRENT] })
  await tick()
  t.equal((await fired(current)).length, 2)
})

test("an operator's schedule of an earlier version shows the current name of its zone and is not changed", async t => {
  const stack = await makeStack(t)
  const body = { cron: '30 9 * * *', timeZone: OLD }
  const definition = JSON.stringify({ ...body, paused: false, catchUp: 'all', catchUpWindow: 'P7D' })
  const [at, nextSlot] = [new Date('2026-11-01T00:00:00Z'), new Date(Date.now() + 60_000)]
  await schedulesOf(stack).insertOne({
    _id: 'stand-up',
    kind: 'user',
    version: 3,
    definition,
    anchor: at,
    nextSlot,
    nextFireAt: nextSlot,
    changes: [{ version: 3, at, by: 'op', action: 'created', definition }],
  })
  const { operator, put, get } = await makeScheduler(t, stack)

  const seen = { version: 3, timeZone: CURRENT, nextSlot: nextSlot.toISOString() }
  t.match(await get('stand-up'), { ...seen, definition: { timeZone: CURRENT } })
  const { body: audit } = await operator<{ changes: object[] }>('/schedules/stand-up/changes')
  t.match(audit.changes, [{ version: 3, definition: { timeZone: CURRENT } }])
  for (const timeZone of [OLD, CURRENT]) {
    const again = await put('stand-up', { ...body, timeZone }, { 'if-match': '"3"' })
    t.match(again, { status: 200, body: seen }, `the same definition with ${timeZone} changes nothing`)
  }
  const refused = await put('stand-up', { ...body, timeZone: 'IST' })
  t.match(refused, {
    status: 400,
    body: { errors: [{ pointer: '/timeZone', detail: /IANA .* abbreviation/ }] },
  })
})
