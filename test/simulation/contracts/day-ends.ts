import { type EndOfDay, type Envelope, endOfDayEvent } from '@daybook/shared/events'
import { endOfDay } from '@daybook/shared/time/days'
import { planFiring } from '../../../services/scheduler/src/firing/plan-firing.ts'
import type { EndOfDaySchedule } from '../../../services/scheduler/src/schedules/schedule.ts'
import type { DayEnds } from '../ports/scheduler/schedules.ts'
import type { Contract, Open } from './contract.ts'

/** Starts a scheduler: opens the schedules for time zones at an instant. */
export type StartScheduler = (timeZones: string[], now: Date) => Promise<DayEnds>

const MONDAY = new Date('2026-11-23T12:00:00.000Z')
const DAY = 86_400_000
const afterDays = (days: number) => new Date(MONDAY.getTime() + days * DAY)
const UTC = 'end-of-day:UTC'
const TOKYO = 'end-of-day:Asia/Tokyo'

const dayOfEvent = ({ event }: { event: Envelope }) => {
  const { day, timeZone } = event.data as EndOfDay['data']
  return `${day} ${timeZone}`
}

async function starter(fresh: () => Promise<Open<StartScheduler>>) {
  const open = await fresh()
  return async (timeZones: string[], now = MONDAY) => (await open())(timeZones, now)
}

/** Fires what is due. @returns the days that were ended */
async function tick(schedules: DayEnds, now: Date, id = `${now.getTime()}`): Promise<string[]> {
  const ready = (await schedules.due(now)).map(read => ({ read, firing: planFiring(read, now) }))
  const stored = await schedules.recordFirings(ready, { id, now })
  return stored.flatMap(events => (events ?? []).map(dayOfEvent)).sort()
}

export const dayEndsContract: Contract<StartScheduler> = (t, fresh) => {
  t.test('a listed zone begins with its current day, and a zone that is not listed rests', async t => {
    const start = await starter(fresh)
    const [one] = await Promise.all([start(['UTC', 'Asia/Tokyo']), start(['UTC', 'Asia/Tokyo'])])
    const made = { _id: TOKYO, kind: 'end-of-day', timeZone: 'Asia/Tokyo', nextDay: '2026-11-23' }
    t.strictSame(await one.find(TOKYO), { ...made, nextFireAt: endOfDay('2026-11-23', 'Asia/Tokyo') })
    await start(['UTC'], afterDays(1))
    t.strictSame(await one.read(TOKYO), made)
    t.equal(await one.find(TOKYO), undefined)
    const again = await start(['UTC', 'Asia/Tokyo'], afterDays(2))
    t.match(await again.find(TOKYO), { nextDay: '2026-11-23' }, 'it continues where it stopped')
    t.strictSame(await tick(again, afterDays(2)), [
      ...['2026-11-23 Asia/Tokyo', '2026-11-23 UTC', '2026-11-24 Asia/Tokyo', '2026-11-24 UTC'],
    ])
  })

  t.test('what is due is found oldest first, and what is due next', async t => {
    const start = await starter(fresh)
    const schedules = await start(['UTC', 'Asia/Tokyo', 'Europe/Berlin'])
    const berlin = endOfDay('2026-11-23', 'Europe/Berlin')
    t.strictSame(await schedules.nextDue(MONDAY), endOfDay('2026-11-23', 'Asia/Tokyo'))
    const due = async (now: Date) => (await schedules.due(now)).map(({ _id }) => _id)
    t.strictSame(await due(new Date(berlin.getTime() - 1)), [TOKYO])
    t.strictSame(await due(berlin), [TOKYO, 'end-of-day:Europe/Berlin'])
    t.equal(await schedules.countDue(berlin), 2)
    t.equal(await schedules.nextDue(afterDays(1)), undefined)
  })

  t.test('of several processes that fire a schedule as they read it, one records each day', async t => {
    const start = await starter(fresh)
    const zones = ['UTC', 'Asia/Tokyo', 'Europe/Berlin']
    const one = await start(zones)
    const processes = [one, await start(zones), await start(zones)]
    const now = afterDays(1)
    const fired = await Promise.all(processes.map((each, i) => tick(each, now, `tick ${i}`)))
    const days = ['2026-11-23 Asia/Tokyo', '2026-11-23 Europe/Berlin', '2026-11-23 UTC']
    t.strictSame(fired.flat().sort(), days)
    const [read] = (await one.due(afterDays(2))) as [EndOfDaySchedule]
    const firing = planFiring(read, afterDays(2))
    await tick(one, afterDays(2))
    t.strictSame(await one.recordFirings([{ read, firing }], { id: 'late', now: afterDays(2) }), [undefined])
    const waiting = await one.outbox(async () => {}).leftBehind(-1000, 99)
    t.equal(waiting.length, 6)
  })

  t.test('a tick that is repeated after an error finds what it recorded', async t => {
    const schedules = await (await starter(fresh))(['UTC'])
    const [read] = (await schedules.due(afterDays(1))) as [EndOfDaySchedule]
    const ready = [{ read, firing: planFiring(read, afterDays(1)) }]
    const tickOf = { id: 'tick', now: afterDays(1) }
    const first = await schedules.recordFirings(ready, tickOf)
    t.strictSame(await schedules.recordFirings(ready, tickOf), first)
    t.match(await schedules.read(UTC), { stats: { fired: 1, missed: 1, caughtUp: 1 }, firedIn: 'tick' })
    t.equal((await schedules.outbox(async () => {}).leftBehind(-1000, 9)).length, 1)
    const nothing = { events: [], next: { nextFireAt: read.nextFireAt, nextDay: '2026-11-25' } }
    const next = (await schedules.read(UTC)) as EndOfDaySchedule
    const tally = { fired: 0, missed: 0, caughtUp: 0 }
    const moved = [{ read: next, firing: { ...nothing, tally, past: [] } }]
    t.strictSame(await schedules.recordFirings(moved, { id: 'next', now: afterDays(1) }), [[]])
    t.match(await schedules.read(UTC), { nextDay: '2026-11-25', stats: { fired: 1 }, firedIn: 'next' })
  })

  t.test('a schedule keeps its newest 50 firings, also those of one tick', async t => {
    const schedules = await (await starter(fresh))(['UTC'])
    t.strictSame(await schedules.firings(UTC), { _id: UTC })
    t.equal(await schedules.firings('end-of-day:Mars'), undefined)
    const end = endOfDay('2026-11-23', 'UTC')
    await tick(schedules, end)
    t.strictSame((await schedules.firings(UTC))?.firings, [{ at: end, slot: end, lateMs: 0 }])
    await tick(schedules, afterDays(60))
    const { firings = [] } = (await schedules.firings(UTC)) ?? {}
    const slots = Array.from(
      { length: 50 },
      (_, i) => endOfDay('2026-11-23', 'UTC').getTime() + (i + 10) * DAY,
    )
    t.strictSame(
      firings.map(({ slot }) => slot?.getTime()),
      slots,
    )
    t.strictSame(firings.at(-1), {
      at: afterDays(60),
      slot: new Date(slots.at(-1) as number),
      lateMs: DAY / 2,
    })
  })

  t.test('days are published in order, with those that other processes stored', async t => {
    const schedules = await (await starter(fresh))(['UTC'])
    const published: string[] = []
    const outbox = schedules.outbox(
      async events => void published.push(...events.map(event => dayOfEvent({ event }))),
    )
    await tick(schedules, afterDays(2))
    const [first, second] = await outbox.leftBehind(-1000, 9)
    t.equal(await schedules.countUnpublished(new Date(Date.now() + 1000)), 1)
    await outbox.publish(second ? [second] : [])
    t.strictSame(published, ['2026-11-23 UTC', '2026-11-24 UTC'])
    t.strictSame(await outbox.leftBehind(-1000, 9), [], 'a day with an earlier one is marked with it')
    await outbox.markPublished(first ? [first] : [])
    t.equal(await schedules.countUnpublished(new Date(Date.now() + 1000)), 0)
  })

  t.test('a day is overdue until its event is published, unless an operator ended it', async t => {
    const schedules = await (await starter(fresh))(['UTC'])
    const overdue = async (now: Date) => (await schedules.overdue(now)).map(({ day }) => day)
    const end = endOfDay('2026-11-23', 'UTC')
    t.strictSame(await overdue(new Date(end.getTime() - 1)), [])
    t.strictSame(await overdue(end), ['2026-11-23'])
    await tick(schedules, afterDays(2))
    t.strictSame(await overdue(afterDays(2)), ['2026-11-23', '2026-11-24'])
    const outbox = schedules.outbox(async () => {})
    await outbox.markPublished(await outbox.leftBehind(-1000, 9))
    t.strictSame(await overdue(afterDays(2)), [])
    const entry = { at: afterDays(2), by: 'operator' }
    const byHand = { ...endOfDayEvent('2026-11-01', 'UTC', MONDAY, UTC), traceparent: '00-0-0-01' }
    t.match(await schedules.recordDayEndedByHand(UTC, entry, byHand), [{ document: UTC, event: byHand }])
    t.strictSame(await overdue(afterDays(2)), [])
    const { firings = [] } = (await schedules.firings(UTC)) ?? {}
    t.strictSame(firings.at(-1), { ...entry, id: byHand.id, slot: MONDAY })
    t.equal(await schedules.recordDayEndedByHand(TOKYO, entry, byHand), undefined, 'not listed')
    t.notOk(await schedules.isFull(UTC))
  })

  t.test(
    'a schedule under an older name of its zone is replaced at the start and when it is due',
    async t => {
      const start = await starter(fresh)
      const [older, current] = ['end-of-day:Asia/Calcutta', 'end-of-day:Asia/Kolkata']
      await start(['Asia/Calcutta'])
      const schedules = await start(['Asia/Kolkata'])
      t.match(await schedules.find(current), { nextDay: '2026-11-23' })
      t.equal(await schedules.find(older), undefined)
      t.notOk(await schedules.replaceOlderNames(await schedules.due(afterDays(1))))
      // A scheduler of an earlier version starts, which knows only the older name.
      await start(['Asia/Calcutta'], afterDays(1))
      t.equal(await schedules.find(current), undefined)
      t.ok(await schedules.replaceOlderNames(await schedules.due(afterDays(1))))
      t.match(await schedules.find(current), { nextDay: '2026-11-23' })
      t.equal(await schedules.find(older), undefined)
      t.strictSame(await tick(schedules, afterDays(1)), ['2026-11-23 Asia/Kolkata'])
    },
  )
}
