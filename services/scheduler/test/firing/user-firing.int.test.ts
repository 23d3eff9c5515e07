import { makeStack } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { inMinutes, minute, stepsInMinutes } from '../support/minutes.ts'
import { makeScheduler, schedulesOf, setBack } from '../support/scheduler.ts'

type Past = {
  firings: {
    slot: string | null
    firedAt: string
    lateMs: number | null
    notFired: number
    id: string | null
  }[]
}

async function start(t: Test) {
  const stack = await makeStack(t)
  return { stack, ...(await makeScheduler(t, stack)) }
}

test('a firing stores one event for its slot, with the data of the schedule', async t => {
  const { put, get, tick, fired } = await start(t)
  const at = new Date(Date.now() - 2000).toISOString()
  // Names that BSON forbids or gives a special meaning.
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
  t.equal((await fired('once')).length, 1, 'an `at` fires once')
})

test('catchUp fires all missed slots, the latest or none; slots that do not fire are counted', async t => {
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
    t.strictSame(stepsInMinutes(events.map(({ data }) => data.slot)).join(''), '1'.repeat(events.length - 1))
    t.equal(events.filter(({ data }) => data.missed).length, stats.caughtUp)
    return [events.length, stats.fired, stats.missed, stats.caughtUp]
  }
  // Ten slots are due. The last one is half a minute old.
  t.strictSame(await counts('all'), [10, 10, 9, 9])
  t.strictSame(await counts('window'), [3, 3, 9, 2])
  t.strictSame(await counts('latest'), [1, 1, 9, 0])
  t.strictSame(await counts('none'), [1, 1, 9, 0])

  const past = async (name: string) => (await operator<Past>(`/schedules/${name}/firings`)).body.firings
  const [first, last] = [(await fired('window'))[0], (await fired('window')).at(-1)]
  const firings = await past('window')
  t.match(firings[0], { slot: last?.data.slot, firedAt: last?.data.firedAt, notFired: 0, id: last?.id })
  t.strictSame(
    firings.map(({ notFired }) => notFired),
    [0, 0, 0, 7],
    'newest first',
  )
  t.match(firings[3], { firedAt: first?.data.firedAt, slot: null, lateMs: null, id: null })
  t.equal(firings[0]?.lateMs, (await get('window')).stats.lateMs)
  t.equal((await past('all')).length, 10)
  t.strictSame(
    (await past('none')).map(({ notFired }) => notFired),
    [0, 9],
  )

  const { body } = await operator<string>('/metrics')
  const value = (metric: string, name: string) =>
    Number(new RegExp(`^${metric}{schedule="${name}"} (.*)$`, 'm').exec(body)?.[1])
  t.equal(value('daybook_schedule_fired_total', 'window'), 3)
  t.equal(value('daybook_schedule_missed_total', 'window'), 9)
  t.equal(value('daybook_schedule_caught_up_total', 'window'), 2)
  const { stats } = await get('window')
  t.equal(value('daybook_schedule_lateness_seconds', 'window'), (stats.lateMs ?? 0) / 1000)
})

test('the stats of an end-of-day schedule count its days', async t => {
  const stack = await makeStack(t)
  await setBack(stack, ['UTC'], 2)
  const { tick, get } = await makeScheduler(t, stack, { timeZones: ['UTC'] })
  await tick()
  const { nextFireAt, stats } = await get('end-of-day:UTC')
  const lastEnd = new Date(Date.parse(nextFireAt ?? '') - 24 * 60 * minute)
  t.match(stats, { fired: 2, missed: 2, caughtUp: 2, lastSlot: lastEnd.toISOString() })
  t.equal(stats.lateMs, Date.parse(stats.lastFiredAt ?? '') - lastEnd.getTime())
})

test('slots beyond the limit of one firing are fired by the next ticks, at once and without a gap', async t => {
  const { put, tick, fired } = await start(t)
  await put('often', { every: 'PT1M', start: inMinutes(-0.5).toISOString() })
  const now = inMinutes(800)
  t.equal(await tick(now), true)
  t.equal((await fired('often')).length, 366)
  t.equal(await tick(now), true)
  t.equal(await tick(now), false)
  const slots = (await fired('often')).map(({ data }) => data.slot)
  t.equal(slots.length, 800)
  t.ok(stepsInMinutes(slots).every(step => step === 1))
})

test('a slot with jitter fires after its share of the jitter and not before', async t => {
  const { put, get, tick, fired } = await start(t)
  await put('jittered', { every: 'PT1H', jitter: 'PT1H', start: inMinutes(-1).toISOString() })
  const { nextSlot, nextFireAt } = await get('jittered')
  t.ok(nextFireAt !== null && nextSlot !== null && nextFireAt > nextSlot)
  await tick(new Date(Date.parse(nextFireAt ?? '') - 1))
  t.equal((await fired('jittered')).length, 0)
  await tick(new Date(nextFireAt ?? ''))
  t.match(await fired('jittered'), [{ time: nextSlot, data: { missed: false, firedAt: nextFireAt } }])
  t.equal(
    (await get('jittered')).stats.lateMs,
    0,
    'lateness counts from the slot plus its share of the jitter',
  )
})

test('a schedule with too many unpublished events does not fire; later it continues where it stopped', async t => {
  const { stack, put, post, get, tick, fired } = await start(t)
  const definition = { every: 'PT1M', start: inMinutes(-0.5).toISOString(), data: { text: 'x'.repeat(8000) } }
  await put('full', definition)
  const now = inMinutes(1000)
  t.equal(await tick(now), true)
  t.equal(await tick(now), false, 'the next tick does not follow at once')
  t.equal(await tick(now), false)
  const first = await fired('full')
  t.equal(first.length, 366)
  const byHand = await post<{ detail: string }>('full/fire')
  t.match([byHand.status, byHand.headers.get('retry-after')], [429, '5'])
  t.match(byHand.body.detail, /wait for Kafka/)
  t.equal(
    (await put('full', { ...definition, catchUp: 'latest' })).status,
    200,
    'the schedule can be changed',
  )
  await put('full', definition)

  await schedulesOf(stack).updateOne({ _id: 'full' }, { $unset: { outbox: '' } })
  await tick(now)
  const slots = [...first, ...(await fired('full'))].map(({ data }) => data.slot)
  t.equal(slots.length, 732)
  t.ok(stepsInMinutes(slots).every(step => step === 1))
  t.equal((await get('full')).stats.fired, 732)
})

test('a schedule with the largest definition and the longest audit fires', async t => {
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
  t.equal(kept?.size, 200, 'the oldest change is dropped')
  t.equal(body.changes[0]?.action, 'paused')
})
