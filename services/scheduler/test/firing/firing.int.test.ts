import { endOfDayEvent } from '@daybook/shared/events'
import { outboxEntries } from '@daybook/shared/outbox'
import { makeStack, until, watchTopic } from '@daybook/shared/testing'
import { endOfDay, timeZones } from '@daybook/shared/time/days'
import { test } from 'tap'
import {
  allPublished,
  CLOCK,
  days,
  few,
  lastDays,
  type ScheduleView,
  schedulesOf,
  setBack,
  startScheduler,
} from '../support/scheduler.ts'

test('two schedulers that were down for three midnights fire each missed day once, in order', async t => {
  const stack = await makeStack(t)
  const missed = await setBack(stack, timeZones, 3)
  const schedulers = await Promise.all([startScheduler(t, stack), startScheduler(t, stack)])
  const records = await watchTopic(t, stack, CLOCK)
  await until('both schedulers have ticked', async () =>
    (await Promise.all(schedulers.map(({ isReady }) => isReady()))).every(Boolean),
  )
  await allPublished(stack)
  // This record follows all others in the only partition. When it is seen, all others are seen.
  const { body: last } = await schedulers[0].operator('/end-of-day', { body: { day: '2001-01-01' } })
  await until('the last record is read', () => records.some(({ headers }) => headers.ce_id === last.id))

  const { body } = await schedulers[0].operator<{ schedules: ScheduleView[] }>('/schedules?limit=1000')
  const firings = new Map(body.schedules.map(({ timeZone, stats }) => [timeZone, stats.fired]))
  const byZone = Map.groupBy(records.slice(0, -1), ({ value }) => String(value.timeZone))
  const wrong = [...missed].flatMap(([zone, expected]) => {
    // An event that fired once may be sent twice.
    const seen = [...new Set(days(byZone.get(zone) ?? []))]
    // A midnight during the test adds one day.
    const right = seen.slice(0, 3).join() === expected.join() && seen.length === firings.get(zone)
    return right
      ? []
      : [`${zone}: ${seen.join()} instead of ${expected.join()}, ${firings.get(zone)} firings`]
  })
  t.strictSame(wrong, [])
})

test('an EndOfDay event is a CloudEvent with the key of its schedule and the instant at which the day ended', async t => {
  const stack = await makeStack(t)
  const missed = await setBack(stack, ['Europe/Berlin'], 1)
  await startScheduler(t, stack, few)
  const records = await watchTopic(t, stack, CLOCK)
  const record = await until('the missed day has fired', () => records[0])
  const [day = ''] = missed.get('Europe/Berlin') ?? []
  const endedAt = endOfDay(day, 'Europe/Berlin').toISOString()
  t.equal(record.key, 'end-of-day:Europe/Berlin')
  t.strictSame(record.value, { day, timeZone: 'Europe/Berlin', endedAt })
  t.strictSame(record.headers, {
    'content-type': 'application/json',
    ce_specversion: '1.0',
    ce_id: `end-of-day:Europe/Berlin:${day}`,
    ce_type: 'EndOfDay',
    ce_source: '/daybook/scheduler',
    ce_subject: 'end-of-day:Europe/Berlin',
    ce_time: endedAt,
    ce_dataschema: 'urn:daybook:schema:EndOfDay:1',
  })
})

test('an event that a crash left unpublished is published before the days that ended since', async t => {
  const stack = await makeStack(t)
  const [left = '', ...since] = lastDays('UTC', 3)
  await setBack(stack, ['UTC'], 2)
  const event = endOfDayEvent(left, 'UTC', endOfDay(left, 'UTC'), 'end-of-day:UTC')
  await schedulesOf(stack).updateOne({ _id: 'end-of-day:UTC' }, { $set: { outbox: outboxEntries([event]) } })
  await startScheduler(t, stack, few)
  const records = await watchTopic(t, stack, CLOCK)
  await until('three days are published', () => records.length >= 3)
  t.strictSame(days(records), [left, ...since])
})

test('an event that a crash left unpublished is published although nothing is due', async t => {
  const stack = await makeStack(t)
  const killed = await startScheduler(t, stack, few)
  await killed.end('SIGKILL')
  const [yesterday = ''] = lastDays('UTC', 1)
  const event = endOfDayEvent(yesterday, 'UTC', endOfDay(yesterday, 'UTC'), 'end-of-day:UTC')
  await schedulesOf(stack).updateOne({ _id: 'end-of-day:UTC' }, { $set: { outbox: outboxEntries([event]) } })
  await startScheduler(t, stack, few)
  const records = await watchTopic(t, stack, CLOCK)
  await until('the event is published', () => records.some(({ headers }) => headers.ce_id === event.id))
  await allPublished(stack)
  t.equal(records.length, 1)
})

test('the days of a zone that is not listed do not end; when it is listed again, the missed days end', async t => {
  const stack = await makeStack(t)
  const missed = await setBack(stack, ['Asia/Tokyo', 'UTC'], 2)
  const without = await startScheduler(t, stack, { TIME_ZONES: 'UTC' })
  await until('the scheduler has ticked', without.isReady)
  const { body } = await without.operator<{ schedules: { timeZone: string }[] }>('/schedules?limit=1000')
  t.strictSame(
    body.schedules.map(({ timeZone }) => timeZone),
    ['UTC'],
  )
  const refused = await without.operator('/end-of-day', { body: { timeZone: 'Asia/Tokyo' } })
  t.equal(refused.status, 400)
  const tokyo = await schedulesOf(stack).findOne({ timeZone: 'Asia/Tokyo' })
  t.match(tokyo, { nextDay: missed.get('Asia/Tokyo')?.[0], nextFireAt: undefined, outbox: undefined })
  await without.end('SIGTERM')
  await startScheduler(t, stack, { TIME_ZONES: 'UTC,Asia/Tokyo' })
  const records = await watchTopic(t, stack, CLOCK)
  await until('all missed days are published', () => records.length >= 4)
  t.strictSame(days(records), [...(missed.get('UTC') ?? []), ...(missed.get('Asia/Tokyo') ?? [])])
})
