import { makeStack, startService, until, watchTopic } from '@daybook/shared/testing'
import { canonicalTimeZone, dayOf } from '@daybook/shared/time/days'
import t from 'tap'
import { agree } from './support/agree.ts'
import { startLoad } from './support/load.ts'
import { startSystem } from './support/system.ts'

const zones = ['Pacific/Kiritimati', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Pago_Pago', 'UTC'].map(
  zone => canonicalTimeZone(zone) ?? '',
)

t.test('days follow the local dates of each time zone, and two schedulers end each day once', async t => {
  const stack = await makeStack(t)
  // The time zones of the processes differ from all others, because the code must not use them.
  const system = await startSystem(t, { stack, env: { TZ: 'America/New_York' } })
  await startService(t, 'scheduler', { ...stack.env, TZ: 'Asia/Tokyo' })
  const load = startLoad(t, system, { people: 10, zones })
  await load.more(100)
  await load.stop()

  // Sets all schedules back by three days, as if both schedulers had been down: the missed days are due in every zone.
  const schedules = stack.db.collection<{ _id: string; timeZone: string }>('schedules')
  const nextFireAt = new Date(Date.now() - 3 * 86_400_000)
  const missed = dayOf(nextFireAt, 'UTC')
  await schedules.updateMany({ timeZone: { $in: zones } }, { $set: { nextDay: missed, nextFireAt } })
  const clock = await watchTopic(t, stack, 'daybook.clock')
  await until(
    'no schedule is due',
    async () => (await schedules.countDocuments({ nextFireAt: { $lt: new Date() } })) === 0,
  )
  await agree(t, system, load.answered)

  const ended = (zone: string) => clock.filter(({ value }) => value.timeZone === zone)
  for (const zone of zones) {
    const [first] = await until(`three days of ${zone} ended`, () => ended(zone).length >= 3 && ended(zone))
    t.match(first, { key: `end-of-day:${zone}`, headers: { ce_id: `end-of-day:${zone}:${missed}` } })
    // `agree` ends today by hand, and this event comes last.
    const missedDays = ended(zone).map(({ value }) => String(value.day))
    t.strictSame(missedDays, [...new Set(missedDays)].sort(), `each day of ${zone} ended once, in order`)
  }
})
