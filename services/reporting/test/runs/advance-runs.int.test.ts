import { topics } from '@daybook/shared/events'
import { hasPassed, offsetsFromJson } from '@daybook/shared/kafka'
import { type SeenRecord, transactionsOn, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, reopened, startReporting } from '../support/reporting.ts'

const typeOf = ({ headers }: SeenRecord) => headers.ce_type

t.test('a run waits until all events from before the end of the day are projected', async t => {
  const bench = await makeBench(t)
  const day = '2026-03-10'
  const users = Array.from({ length: 30 }, (_, i) => `user-${i}`)
  const ofUser = (user: string, count: number) => Array.from({ length: count }, () => completed(user, day))
  for (const user of users) await bench.publish(...ofUser(user, 100))
  const end = await bench.kafka.endOffsets(topics.tasks.name)
  await bench.endDay(day)
  await startReporting(t, bench.stack, { TASK_FILES: 'false' })

  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const first = await until('the day is reported', () => reports[0])
  const linesOf = async (user: string) => (await bench.read(day, `${user}.log`))?.match(/\n/g)?.length
  t.strictSame(
    await Promise.all(users.map(linesOf)),
    users.map(() => 100),
  )
  t.equal(typeOf(first), 'DayReported', 'no completion was found late')
  t.match(first.value, { day, timeZone: 'UTC', users: 30, completions: 3000, failures: 0 })
  t.ok(hasPassed(offsetsFromJson(first.value.coveredOffsets as Record<string, string>), end))
  t.strictSame(await bench.list('.tmp'), [], 'no temporary file is left')
  t.strictSame(await bench.list(day), users.map(user => `${user}.log`).sort(), 'there are only user logs')
})

t.test('runs', async t => {
  const bench = await makeBench(t)
  const { publish, endDay } = bench
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const reported = (day: string) => reports.filter(({ value }) => value.day === day).map(typeOf)

  t.test('an empty day leaves no run, no files and no report', async t => {
    await endDay('2026-03-20')
    await publish(completed('alice', '2026-03-21'))
    await endDay('2026-03-21')
    await reporting.runDone('2026-03-21')
    await until('the other day is reported', () => reported('2026-03-21').length === 1)
    await until('the run is removed', async () => (await reporting.run('2026-03-20@UTC')).status === 404)
    t.strictSame(await bench.list('2026-03-20'), [])
    t.strictSame(reported('2026-03-20'), [])
  })

  t.test('a day that ends twice has one run and one report', async t => {
    await publish(completed('alice', '2026-03-22'))
    await endDay('2026-03-22')
    await endDay('2026-03-22')
    await reporting.runDone('2026-03-22')
    await endDay('2026-03-22')
    await publish(completed('alice', '2026-03-23'))
    await endDay('2026-03-23')
    await reporting.runDone('2026-03-23')
    await until('the next day is reported', () => reported('2026-03-23').length === 1)
    t.strictSame(reported('2026-03-22'), ['DayReported'])
    t.match(await reporting.dayOf('alice', '2026-03-22'), { log: { revision: 1 } })
  })

  t.test('a user who was in two time zones has one log, and each zone has its run', async t => {
    const day = '2026-03-24'
    const timeZone = 'Asia/Tokyo'
    const inTokyo = { name: 'in Tokyo', timeZone, completedAt: `${day}T01:00:00.000Z` }
    await publish(completed('frank', day, inTokyo), completed('frank', day, { name: 'at home' }))
    await endDay(day, timeZone)
    t.match(await reporting.runDone(day, timeZone), { jobs: 1, failed: 0 })
    const lines =
      /^2026-03-24T10:00:00.000\+09:00\t.*\tin Tokyo\n2026-03-24T12:00:00.000\+00:00\t.*\tat home\n$/
    t.match(await bench.read(day, 'frank.log'), lines)
    await endDay(day)
    t.match(await reporting.runDone(day), { jobs: 1, failed: 0 })
    t.match(await bench.read(day, 'frank.log'), lines)
    await until('both days are reported', () => reported(day).length === 2)
    t.strictSame(reported(day), ['DayReported', 'DayReported'])
    t.match(await reporting.dayOf('frank', day), { completions: [{}, {}], log: { revision: 1 } })
  })

  t.test(
    'a completion that is taken back in one time zone leaves the file that the run of another zone wrote',
    async t => {
      const day = '2026-03-26'
      const inTokyo = completed('grace', day, { timeZone: 'Asia/Tokyo', completedAt: `${day}T01:00:00.000Z` })
      const atHome = completed('grace', day, { name: 'at home' })
      await publish(inTokyo, atHome)
      await endDay(day, 'Asia/Tokyo')
      await reporting.runDone(day, 'Asia/Tokyo')
      await publish(reopened(atHome))
      await endDay(day)
      await until(
        'the file is written again',
        async () => !(await bench.read(day, 'grace.log'))?.includes('at home'),
      )
      t.equal((await bench.list(day, 'grace')).length, 1)
      await until('the amendment is published', () => reported(day).includes('DayAmended'))
    },
  )

  t.test('a day closes when a transaction that another team aborted is the last of a partition', async t => {
    const day = '2026-03-28'
    const transact = await transactionsOn(t, bench.stack, topics.tasks.name)
    await publish(completed('ivan', day))
    // Enough keys for every partition. Most partitions have no other records.
    const messages = Array.from({ length: 30 }, (_, i) => ({ key: `key-${i}`, value: 'never' }))
    await transact(async (send, { abort }) => {
      await send(...messages)
      await abort()
    })
    await endDay(day)
    t.match(await reporting.runDone(day), { jobs: 1, written: 1 })
  })

  t.test('days that end at the same instant in many time zones are all reported', async t => {
    const day = '2026-03-25'
    const zones = ['UTC', 'Europe/Berlin', 'Africa/Tunis', 'Africa/Lagos', 'Europe/Rome', 'Europe/Oslo']
    await publish(...zones.map((timeZone, i) => completed(`user-${i}`, day, { timeZone })))
    await Promise.all(zones.map(zone => endDay(day, zone)))
    for (const zone of zones) t.match(await reporting.runDone(day, zone), { jobs: 1, written: 1 })
    await until('all days are reported', () => reported(day).length === zones.length)
    t.strictSame(new Set(reported(day)), new Set(['DayReported']))
  })
})

t.test('a run sends its log requests again when they were not read for days', async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack)
  const day = '2026-03-27'
  await bench.publish(completed('heidi', day))
  await until(
    'the completion is projected',
    async () => (await reporting.dayOf('heidi', day)).completions.length === 1,
  )
  // Imitates an outage longer than the retention of the topic of log requests: the writers seem to have passed the barrier.
  const jobsSentAt = new Date(Date.now() - 3 * 86_400_000)
  const run = {
    day,
    timeZone: 'UTC',
    state: 'writing',
    createdAt: jobsSentAt,
    jobs: 1,
    jobOffsets: {},
    jobsSentAt,
  }
  await bench.stack.db.collection<{ _id: string }>('runs').insertOne({ _id: `${day}@UTC`, ...run } as never)
  await reporting.runDone(day)
  t.match(await bench.read(day, 'heidi.log'), 'Water the plants')
})

t.test('a run whose requests an earlier version sent is reported with its counts', async t => {
  const bench = await makeBench(t)
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const day = '2026-03-29'
  await bench.publish(completed('judy', day), completed('judy', day), completed('kim', day))
  const projected = async (user: string) => (await reporting.dayOf(user, day)).completions.length
  await until('all is projected', async () => (await projected('judy')) + (await projected('kim')) === 3)
  // Without the field `counts`.
  const run = {
    day,
    timeZone: 'UTC',
    state: 'writing',
    createdAt: new Date(),
    jobs: 2,
    jobOffsets: {},
    jobsSentAt: new Date(),
  }
  await bench.stack.db.collection<{ _id: string }>('runs').insertOne({ _id: `${day}@UTC`, ...run } as never)
  const report = await until('the day is reported', () => reports.find(({ value }) => value.day === day))
  t.match(report.value, { users: 2, completions: 3, failures: 0 })
})
