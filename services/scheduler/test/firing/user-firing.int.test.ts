import { makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { toDefinition } from '../../src/definitions/definition.ts'
import { fireByHand } from '../../src/firing/fire-by-hand.ts'
import { fire } from '../../src/firing/fire-due.ts'
import { putSchedule } from '../../src/schedules/change-schedule.ts'
import { makeScheduler, type Refusal, schedulesOf, setBack } from '../support/scheduler.ts'

const minute = 60_000
const inMinutes = (count: number) => new Date(Date.now() + count * minute)

/** The number of whole minutes between neighbouring slots. */
const steps = (slots: string[]) =>
  slots.slice(1).map((slot, i) => (Date.parse(slot) - Date.parse(slots[i] ?? '')) / minute)

async function start(t: Test) {
  const stack = await makeStack(t)
  return { stack, ...(await makeScheduler(t, stack)) }
}

test('a firing is an event of its slot, with the data of the schedule', async t => {
  const { put, get, tick, fired } = await start(t)
  const at = new Date(Date.now() - 2000).toISOString()
  // Names that BSON has not, or gives a meaning of its own.
  const data = { $set: { 'a.b': [1, null], 'a\u0000b': '' }, _bsontype: 'ObjectId', $ref: 'x', $id: 1 }
  await put('once', { at, data })
  t.equal(await tick(), false)
  const [event, ...others] = await fired('once')
  t.strictSame(others, [])
  const firedAt = event?.data.firedAt ?? ''
  t.ok(Date.parse(firedAt) <= Date.now() && firedAt >= at)
  t.strictSame(event, {
    id: `firing:once:${at}`,
    type: 'ScheduleFired',
    source: '/daybook/scheduler',
    subject: 'once',
    time: at,
    data: { schedule: 'once', slot: at, firedAt, missed: false, byHand: false, data },
  })
  t.match(await get('once'), {
    nextSlot: null,
    stats: {
      fired: 1,
      missed: 0,
      caughtUp: 0,
      lastSlot: at,
      lastFiredAt: firedAt,
      lateMs: Date.parse(firedAt) - Date.parse(at),
    },
  })
  await tick(inMinutes(60))
  t.equal((await fired('once')).length, 1, 'and is over')
})

test('missed slots are all fired, or the latest of them, or none; what is left out is counted', async t => {
  const { put, get, tick, fired, operator } = await start(t)
  const seconds = { every: 'PT1M', start: new Date(Date.now() - 30_000).toISOString() }
  await put('all', seconds)
  await put('window', { ...seconds, catchUpWindow: 'PT3M' })
  await put('latest', { ...seconds, catchUp: 'latest' })
  await put('none', { ...seconds, catchUp: 'none' })
  await tick(inMinutes(10))
  const counts = async (name: string) => {
    const events = await fired(name)
    const { stats } = await get(name)
    t.strictSame(steps(events.map(({ data }) => data.slot)).join(''), '1'.repeat(events.length - 1))
    t.equal(events.filter(({ data }) => data.missed).length, stats.caughtUp)
    return [events.length, stats.fired, stats.missed, stats.caughtUp]
  }
  // Ten slots, the last of them half a minute old.
  t.strictSame(await counts('all'), [10, 10, 9, 9])
  t.strictSame(await counts('window'), [3, 3, 9, 2])
  t.strictSame(await counts('latest'), [1, 1, 9, 0])
  t.strictSame(await counts('none'), [1, 1, 9, 0])

  const { body } = await operator<string>('/metrics')
  const value = (metric: string, name: string) =>
    Number(new RegExp(`^${metric}{schedule="${name}"} (.*)$`, 'm').exec(body)?.[1])
  t.equal(value('daybook_schedule_fired_total', 'window'), 3)
  t.equal(value('daybook_schedule_missed_total', 'window'), 9)
  t.equal(value('daybook_schedule_caught_up_total', 'window'), 2)
  const { stats } = await get('window')
  t.equal(value('daybook_schedule_lateness_seconds', 'window'), (stats.lateMs ?? 0) / 1000)
})

test('the ends of days are counted too', async t => {
  const stack = await makeStack(t)
  await setBack(stack, ['UTC'], 2)
  const { tick, get } = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  await tick()
  const { nextFireAt, stats } = await get('end-of-day:UTC')
  const lastEnd = new Date(Date.parse(nextFireAt ?? '') - 24 * 60 * minute)
  t.match(stats, { fired: 2, missed: 2, caughtUp: 2, lastSlot: lastEnd.toISOString() })
  t.equal(stats.lateMs, Date.parse(stats.lastFiredAt ?? '') - lastEnd.getTime())
})

test('more than one firing takes is fired by the next ticks, which follow at once, without a gap', async t => {
  const { put, tick, fired } = await start(t)
  await put('often', { every: 'PT1M', start: inMinutes(-0.5).toISOString() })
  const now = inMinutes(800)
  t.equal(await tick(now), true)
  t.equal((await fired('often')).length, 366)
  t.equal(await tick(now), true)
  t.equal(await tick(now), false)
  const slots = (await fired('often')).map(({ data }) => data.slot)
  t.equal(slots.length, 800)
  t.ok(steps(slots).every(step => step === 1))
})

test('with jitter a slot fires at its time and not before', async t => {
  const { put, get, tick, fired } = await start(t)
  await put('shaken', { every: 'PT1H', jitter: 'PT1H', start: inMinutes(-1).toISOString() })
  const { nextSlot, nextFireAt } = await get('shaken')
  t.ok(nextFireAt !== null && nextSlot !== null && nextFireAt > nextSlot)
  await tick(new Date(Date.parse(nextFireAt ?? '') - 1))
  t.equal((await fired('shaken')).length, 0)
  await tick(new Date(nextFireAt ?? ''))
  t.match(await fired('shaken'), [{ time: nextSlot, data: { missed: false, firedAt: nextFireAt } }])
  t.equal((await get('shaken')).stats.lateMs, 0, 'late is what comes after its share of the jitter')
})

test('a paused schedule fires nothing, and what it would have fired does not add up', async t => {
  const { put, post, get, tick, fired } = await start(t)
  await put('s', { every: 'PT1M', start: inMinutes(-100.5).toISOString() })
  await post('s/pause')
  await tick(inMinutes(60))
  await post('s/resume')
  t.match(await get('s'), { stats: { fired: 0, missed: 0 } })
  await tick()
  t.strictSame(await fired('s'), [])
})

test('one instant that passes during a pause fires when it is resumed, or resuming is refused', async t => {
  const { put, post, get, tick, fired, operator } = await start(t)
  const at = inMinutes(-60).toISOString()
  type Next = { next: { slot: string }[] }
  const preview = async () => (await operator<Next>('/schedules/once/next')).body.next.map(({ slot }) => slot)
  await put('once', { at, paused: true })
  t.strictSame(await preview(), [at])
  // The window does not hold it any more.
  await put('once', { at, paused: true, catchUpWindow: 'PT30M' })
  t.strictSame(await preview(), [])
  for (const refused of [
    await post<Refusal>('once/resume'),
    await put<Refusal>('once', { at, catchUp: 'none' }),
  ])
    t.match([refused.status, refused.body.errors], [400, [{ pointer: '/at', detail: /would never fire/ }]])
  t.match(await get('once'), { version: 2, nextSlot: null, definition: { paused: true } })

  await put('once', { at, paused: true, catchUpWindow: 'PT2H' })
  t.match((await post('once/resume')).body, { version: 4, nextSlot: at })
  await tick()
  t.match(await fired('once'), [{ time: at, data: { missed: true } }])
  await post('once/pause')
  const again = await post<Refusal>('once/resume')
  t.match([again.status, again.body.errors?.[0]?.detail], [400, /no slot fires twice/])
  t.equal((await fired('once')).length, 1)
})

test('a change that was answered is not followed by a firing of what was before', async t => {
  const { put, post, operator, deps, fired } = await start(t)
  const now = inMinutes(5)
  const changes = {
    put: () => put('put', { every: 'PT2H' }),
    data: () => put('data', { every: 'PT1M', data: { new: true } }),
    pause: () => post('pause/pause'),
    delete: () => operator('/schedules/delete', { method: 'DELETE' }),
  }
  for (const name of Object.keys(changes)) await put(name, { every: 'PT1M', data: { new: false } })
  const read = await deps.schedules.due(now)
  t.equal(read.length, 4)
  for (const change of Object.values(changes)) await change()
  for (const schedule of read) t.equal(await fire(deps, schedule, now), 'not')
  for (const name of Object.keys(changes)) t.strictSame(await fired(name), [], name)
})

test('a firing that comes between reading and changing is not fired again', async t => {
  const { deps, put, tick, fired } = await start(t)
  const body = { every: 'PT1M', start: inMinutes(-0.5).toISOString() }
  await put('s', body)
  const now = inMinutes(3)
  const { schedules } = deps
  let isOvertaken = false
  const overtaken = {
    ...schedules,
    async read(name: string) {
      const schedule = await schedules.read(name)
      if (!isOvertaken) await tick(now)
      isOvertaken = true
      return schedule
    },
  }
  const definition = toDefinition({ ...body, data: { a: 1 } }, 'UTC')
  await putSchedule(overtaken, 's', definition, { by: 'operator', now, preconditions: {} })
  await tick(now)
  const slots = (await fired('s')).map(({ data }) => data.slot)
  t.equal(slots.length, 3)
  t.equal(new Set(slots).size, 3)
})

test('of requests at once each is one version, or is refused', async t => {
  const { put, operator } = await start(t)
  const anew = await Promise.all(
    Array.from({ length: 5 }, () => put('new', { every: 'PT1H' }, { 'if-none-match': '*' })),
  )
  t.strictSame(anew.map(({ status }) => status).sort(), [201, 412, 412, 412, 412])
  await Promise.all(Array.from({ length: 10 }, (_, i) => put('s', { every: `PT${i + 1}H` })))
  const { body } = await operator<{ changes: { version: number }[] }>('/schedules/s/changes')
  t.strictSame(
    body.changes.map(({ version }) => version),
    [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
  )
})

test('fired by hand, a schedule keeps its slots, and has to wait before it is fired so again', async t => {
  const { put, post, get, fired, operator } = await start(t)
  await put('s', { cron: '0 0 1 1 *', paused: true, data: { a: 1 } })
  const before = await get('s')
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const answers = await Promise.all(
    Array.from({ length: 4 }, () => post<{ id: string }>('s/fire', { traceparent })),
  )
  t.strictSame(answers.map(({ status }) => status).sort(), [202, 429, 429, 429])
  const refused = answers.find(({ status }) => status === 429)
  t.equal(refused?.headers.get('retry-after'), '1')
  t.match(refused?.body, { type: 'urn:daybook:error:DAYBOOK_SCHEDULE_TOO_OFTEN' })

  const { id } = answers.find(({ status }) => status === 202)?.body ?? {}
  const [event, ...others] = await fired('s')
  t.strictSame(others, [])
  t.match(event, {
    id: /^firing:s:by-hand:[0-9a-f-]{36}$/,
    traceparent: /^00-0af7651916cd43dd8448eb211c80319c-/,
    data: { schedule: 's', missed: false, byHand: true, data: { a: 1 } },
  })
  t.match(event, { id, time: event?.data.slot, data: { firedAt: event?.data.slot } })
  t.strictSame(await get('s'), before)
  type Changes = { changes: { version: number; action: string }[] }
  const { body } = await operator<Changes>('/schedules/s/changes')
  t.match(body.changes, [
    { version: 1, action: 'fired', by: 'operator', definition: undefined },
    { version: 1, action: 'created', definition: { data: { a: 1 } } },
  ])
  t.equal((await post('nothing/fire')).status, 404)
})

test('firings by hand push no change out of the audit; the newest 50 stay', async t => {
  const { put, post, deps, operator } = await start(t)
  await put('s', { every: 'PT1H' })
  const asking = { by: 'op', preconditions: {}, minInterval: 1000, traceparent: '' }
  for (let i = 0; i < 60; i += 1) await fireByHand(deps, 's', { ...asking, now: inMinutes(i) })
  await post('s/pause')
  type Changes = { changes: { version: number; action: string; at: string }[] }
  const audit = async (query: string) =>
    (await operator<Changes>(`/schedules/s/changes${query}`)).body.changes
  const all = await audit('?limit=250')
  const fired = Array.from({ length: 50 }, () => 'fired')
  t.strictSame(
    all.map(({ action }) => action),
    ['paused', ...fired, 'created'],
  )
  const times = all.slice(1, -1).map(({ at }) => at)
  t.strictSame(times, times.toSorted().reverse(), 'the newest first')
  t.strictSame(await audit('?limit=2'), all.slice(0, 2))
})

test('one instant that was fired is refused under its name, also when it was deleted', async t => {
  const { put, get, tick, fired, operator } = await start(t)
  const [a, b] = [inMinutes(-2).toISOString(), inMinutes(-1).toISOString()]
  for (const at of [a, b]) {
    await put('once', { at })
    await tick()
  }
  const again = async (at: string) => (await put<Refusal>('once', { at })).body.errors?.[0]?.pointer
  t.equal(await again(a), '/at')
  t.equal((await put('once', { at: b, data: { a: 1 } })).status, 200, 'but its data may change')
  await operator('/schedules/once', { method: 'DELETE' })
  t.equal(await again(b), '/at')
  t.equal((await put('once', { every: 'PT1H' })).status, 201)
  t.match(await get('once'), { stats: { fired: 0, missed: 0, caughtUp: 0, lastSlot: b } })
  await tick()
  t.equal((await fired('once')).length, 2)
})

test('of two that fire it by hand, having read the same, one does', async t => {
  const { put, deps, fired } = await start(t)
  await put('s', { every: 'PT1H' })
  const asking = { by: 'op', now: new Date(), preconditions: {}, minInterval: 1000, traceparent: '' }
  let isOvertaken = false
  const overtaken = {
    ...deps.schedules,
    async find(name: string) {
      const schedule = await deps.schedules.find(name)
      if (!isOvertaken) t.match(await fireByHand(deps, 's', asking), { id: /by-hand/ })
      isOvertaken = true
      return schedule
    },
  }
  const second = await fireByHand({ ...deps, schedules: overtaken }, 's', asking)
  t.match(second, { retryAfter: 1 })
  t.equal((await fired('s')).length, 1)
})

test('while its events pile up a schedule fires no more; then it goes on where it stopped', async t => {
  const { stack, put, post, get, tick, fired } = await start(t)
  const definition = { every: 'PT1M', start: inMinutes(-0.5).toISOString(), data: { text: 'x'.repeat(8000) } }
  await put('full', definition)
  const now = inMinutes(1000)
  t.equal(await tick(now), true)
  t.equal(await tick(now), false, 'and the next tick is in no hurry')
  t.equal(await tick(now), false)
  const first = await fired('full')
  t.equal(first.length, 366)
  const byHand = await post<{ detail: string }>('full/fire')
  t.match([byHand.status, byHand.headers.get('retry-after')], [429, '5'])
  t.match(byHand.body.detail, /wait for Kafka/)
  t.equal((await put('full', { ...definition, catchUp: 'latest' })).status, 200, 'it can be changed')
  await put('full', definition)

  await schedulesOf(stack).updateOne({ _id: 'full' }, { $unset: { outbox: '' } })
  await tick(now)
  const slots = [...first, ...(await fired('full'))].map(({ data }) => data.slot)
  t.equal(slots.length, 732)
  t.ok(steps(slots).every(step => step === 1))
  t.equal((await get('full')).stats.fired, 732)
})

test('the largest definition with the longest audit still fires', async t => {
  const { stack, put, post, tick, fired, operator } = await start(t)
  const exclude = Array.from({ length: 1000 }, () => ({ from: '2020-01-01', to: '2020-12-31' }))
  const data = { text: 'x'.repeat(8180) }
  const definition = { every: 'PT1M', start: inMinutes(-0.5).toISOString(), exclude, data }
  await put('large', definition)
  const one = (await schedulesOf(stack).findOne({ _id: 'large' })) as unknown as { changes: object[] }
  const changes = Array.from({ length: 200 }, () => one.changes[0])
  await schedulesOf(stack).updateOne({ _id: 'large' }, { $set: { changes } } as object)
  const now = inMinutes(1000)
  t.equal(await tick(now), true)
  t.equal(await tick(now), false)
  t.equal((await fired('large')).length, 366)
  t.equal((await post('large/pause')).status, 200)
  const { body } = await operator<{ changes: { action: string }[] }>('/schedules/large/changes?limit=200')
  t.equal(body.changes.length, 200)
  const [kept] = await schedulesOf(stack)
    .aggregate([{ $project: { size: { $size: '$changes' } } }])
    .toArray()
  t.equal(kept?.size, 200, 'the oldest went')
  t.equal(body.changes[0]?.action, 'paused')
})
