import { endOfDayEvent } from '@daybook/shared/events'
import { until, watchTopic } from '@daybook/shared/testing'
import { endOfDay } from '@daybook/shared/time/days'
import t from 'tap'
import { type Bench, completed, makeBench, startReporting } from '../support/reporting.ts'

const endOf = (day: string, endedAt = endOfDay(day, 'UTC')) =>
  endOfDayEvent(day, 'UTC', endedAt, 'end-of-day:UTC')

/** Publishes a completion for each of some days, starts reporting, and reads its reports. */
async function setUp(t: Parameters<typeof makeBench>[0], ...days: string[]) {
  const bench = await makeBench(t)
  for (const day of days) await bench.publish(completed('alice', day))
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const types = (day: string) =>
    reports.filter(({ value }) => value.day === day).map(({ headers }) => headers.ce_type)
  const reported = (day: string) =>
    until(`${day} is reported`, () => reports.find(({ value }) => value.day === day))
  const closing = (day: string) =>
    until(
      `the run of ${day} is made`,
      async () => (await reporting.run(`${day}@UTC`)).body.state === 'closing',
    )
  return { bench, reporting, types, reported, closing }
}

t.test('a day that has ended is closed after tasks has published everything', async t => {
  const [other, day] = ['2026-04-01', '2026-04-02']
  const { bench, reporting, types, reported, closing } = await setUp(t, other, day)
  await bench.tell(endOf(other), endOf(day))
  await closing(day)
  await bench.tasksPublished(endOfDay(other, 'UTC'))
  await reporting.runDone(other)
  t.match(await reporting.run(`${day}@UTC`), { body: { state: 'closing' } }, 'that was for an earlier day')

  await bench.publish(completed('bob', day))
  await bench.tasksPublished(endOfDay(day, 'UTC'))
  t.match((await reported(day)).value, { users: 2, completions: 2 })
  await reporting.runDone(day)
  t.strictSame(types(day), ['DayReported'])
})

t.test('what tasks publishes for a later end is enough', async t => {
  const days = ['2026-04-03', '2026-04-04', '2026-04-05']
  const { bench, reporting, closing } = await setUp(t, ...days)
  await bench.tell(...days.map(day => endOf(day)))
  for (const day of days) await closing(day)
  await bench.tasksPublished(endOfDay(days[2] as string, 'UTC'))
  for (const day of days) await reporting.runDone(day)
})

t.test('a day can end early, and again at its time', async t => {
  const [early, empty] = ['2026-04-06', '2026-04-07']
  const { bench, reporting, types, reported } = await setUp(t, early)
  const noon = (day: string) => new Date(`${day}T12:00:00Z`)
  await bench.tell(endOf(empty, noon(empty)), endOf(early, noon(early)))
  await bench.tasksPublished(noon(empty))
  t.match((await reported(early)).value, { users: 1, completions: 1 })
  await until('the empty run is removed', async () => (await reporting.run(`${empty}@UTC`)).status === 404)
  await bench.publish(completed('bob', early), completed('bob', empty))
  await until('a late completion makes the run', async () => (await reported(empty)) !== undefined)
  await until('and another one amends the day', () => types(early).includes('DayAmended'))

  await bench.endDay(early)
  await bench.endDay(empty)
  const next = '2026-04-08'
  await bench.publish(completed('alice', next))
  await bench.endDay(next)
  await reported(next)
  t.strictSame([types(early), types(empty)], [['DayReported', 'DayAmended'], ['DayReported']])
})

/** Stores a closing run as an earlier version does. */
const storeRun = ({ stack: { db } }: Bench, day: string, fields: object) => {
  const run = { day, timeZone: 'UTC', state: 'closing', createdAt: new Date(), ...fields }
  return db.collection<{ _id: string }>('runs').insertOne({ _id: `${day}@UTC`, ...run } as never)
}

t.test('runs that an earlier version made do not wait for tasks', async t => {
  const [made, recorded] = ['2026-04-09', '2026-04-10']
  const { bench, reporting } = await setUp(t, made, recorded)
  await storeRun(bench, made, {})
  await storeRun(bench, recorded, { closingOffsets: {} })
  for (const day of [made, recorded]) await reporting.runDone(day)
})
