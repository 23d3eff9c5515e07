import { client, makeStack, token, until, watchTopic } from '@daybook/shared/testing'
import { dayOf, endOfDay, timeZones } from '@daybook/shared/time/days'
import { test } from 'tap'
import { allPublished, CLOCK, few, schedulesOf, startScheduler } from '../support/scheduler.ts'

test('after the start each time zone has a schedule that ends its current day', async t => {
  const stack = await makeStack(t)
  const scheduler = await startScheduler(t, stack)
  type Listed = {
    name: string
    kind: string
    timeZone: string
    nextDay: string
    nextFireAt: string
    nextFireAtLocal: string
  }
  const { status, body } = await scheduler.operator<{ schedules: Listed[] }>('/schedules?limit=1000')
  t.equal(status, 200)
  t.strictSame(
    body.schedules.map(({ timeZone }) => timeZone),
    timeZones,
  )
  const zone = 'Asia/Kathmandu'
  const today = dayOf(new Date(), zone)
  const [kathmandu] = body.schedules.filter(({ timeZone }) => timeZone === zone)
  t.match(kathmandu, {
    name: `end-of-day:${zone}`,
    kind: 'end-of-day',
    nextDay: today,
    nextFireAt: endOfDay(today, zone).toISOString(),
    nextFireAtLocal: /^\d{4}-\d\d-\d\dT00:00:00\.000\+05:45$/,
  })
})

test('an operator ends a day, and the schedules do not change', async t => {
  const stack = await makeStack(t)
  const { operator } = await startScheduler(t, stack, { ...few, DEFAULT_TIME_ZONE: 'Europe/Berlin' })
  const records = await watchTopic(t, stack, CLOCK)
  const stored = () => schedulesOf(stack).find().project({ firings: 0 }).toArray()
  const before = await stored()
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

  const ended = await operator('/end-of-day', { method: 'POST', headers: { traceparent } })
  const today = dayOf(new Date(), 'Europe/Berlin')
  t.equal(ended.status, 202)
  t.strictSame(ended.body, { id: `end-of-day:Europe/Berlin:${today}`, day: today, timeZone: 'Europe/Berlin' })
  const again = await operator('/end-of-day', { body: { day: '2024-02-29', timeZone: 'Asia/Calcutta' } })
  t.strictSame(again.body, {
    id: 'end-of-day:Asia/Kolkata:2024-02-29',
    day: '2024-02-29',
    timeZone: 'Asia/Kolkata',
  })

  await until('both events are published', () => records.length >= 2)
  t.match(records[0], {
    key: 'end-of-day:Europe/Berlin',
    headers: { ce_id: ended.body.id, traceparent: /^00-0af7651916cd43dd8448eb211c80319c-/ },
  })
  t.ok(Date.parse(String(records[0]?.value.endedAt)) <= Date.now(), 'today ends now and not at its own end')
  t.match(records[1], { key: 'end-of-day:Asia/Kolkata', value: { endedAt: '2024-02-29T18:30:00.000Z' } })
  await allPublished(stack)
  t.strictSame(await stored(), before)
  const { body } = await operator<{ firings: object[] }>('/schedules/end-of-day%3AAsia%2FCalcutta/firings')
  const { endedAt: slot } = records[1]?.value ?? {}
  t.match(body.firings, [{ slot, lateMs: null, id: again.body.id, by: 'operator', firedAt: String }])
})

test('a day that cannot be ended is rejected with a problem that says why', async t => {
  const stack = await makeStack(t)
  const { operator } = await startScheduler(t, stack, few)
  const refusal = async (body: unknown) => {
    const answer = await operator<{ type: string; detail: string; errors?: { pointer: string }[] }>(
      '/end-of-day',
      { body },
    )
    return {
      status: answer.status,
      ...answer.body,
      pointers: answer.body.errors?.map(({ pointer }) => pointer),
    }
  }
  const notEndable = 'urn:daybook:error:DAYBOOK_DAY_NOT_ENDABLE'
  const invalid = 'urn:daybook:error:DAYBOOK_REQUEST_INVALID'
  t.match(await refusal({ day: '0000-01-01' }), {
    status: 400,
    type: notEndable,
    detail: /the first day that can be ended is 1970-01-01/,
  })
  t.match(await refusal({ day: '2999-01-01' }), {
    status: 400,
    type: notEndable,
    detail: /has not begun in UTC/,
  })
  t.match(await refusal({ day: '2026-02-30' }), { status: 400, type: invalid, pointers: ['/day'] })
  for (const timeZone of ['Mars/Base', '+01:00', 'BST', 'NST'])
    t.match(await refusal({ timeZone }), { status: 400, type: invalid, pointers: ['/timeZone'] }, timeZone)
  t.match(await refusal({ date: '2026-02-03' }), { status: 400, type: invalid, pointers: ['/date'] })
  t.match(await refusal({ day: '2011-12-30', timeZone: 'Pacific/Apia' }), { status: 400, type: notEndable })
  t.match(await refusal({ timeZone: 'Asia/Tokyo' }), {
    status: 400,
    type: invalid,
    detail: /Asia\/Tokyo has no schedule here/,
    pointers: ['/timeZone'],
  })
  t.equal(await schedulesOf(stack).countDocuments({ outbox: { $exists: true } }), 0)
})

test('only operators have access', async t => {
  const stack = await makeStack(t)
  const { url } = await startScheduler(t, stack, few)
  const user = client(url, await token('alice'))
  t.equal((await user('/schedules')).status, 403)
  t.equal((await user('/end-of-day', { body: {} })).status, 403)
  t.equal((await client(url, 'no token')('/schedules')).status, 401)
})
