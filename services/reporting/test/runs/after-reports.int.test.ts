import { until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import type { Run } from '../../src/runs/run-model.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

t.test('a log that is amended while its day is written is announced after the report of the day', async t => {
  const [day, other] = ['2026-05-01', '2026-05-02']
  const bench = await makeBench(t)
  const { db } = bench.stack
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const typesOf = (day: string) =>
    reports.filter(({ value }) => value.day === day).map(({ headers }) => headers.ce_type)
  await bench.publish(completed('alice', other))
  await bench.endDay(other)
  await reporting.runDone(other)

  // A run that waits for its writers, after the day was closed.
  const run: Run = { _id: `${day}@UTC`, day, timeZone: 'UTC', state: 'writing', createdAt: new Date() }
  const sent = { jobs: 1, jobOffsets: { 0: '1000000' }, jobsSentAt: new Date() }
  await db.collection<Run>('runs').insertOne({ ...run, ...sent })
  for (const one of [day, other]) {
    const [log] = (await reporting.dayOf('alice', one)).log.revision ? ['amended'] : ['written']
    await bench.publish(completed('alice', one))
    await until('the log is written', async () => (await reporting.dayOf('alice', one)).log.state === log)
  }
  // Both amendments were offered to the same relay, this one later.
  await until('the other day is amended', () => typesOf(other).includes('DayAmended'))
  t.strictSame(typesOf(day), [])
  await db.collection<Run>('runs').updateOne({ _id: run._id }, { $set: { jobOffsets: {} } })
  await until('the day is amended', () => typesOf(day).includes('DayAmended'))
  t.strictSame(typesOf(day), ['DayReported', 'DayAmended'])
  await until(
    'nothing is left to publish',
    async () => (await db.collection('user_logs').countDocuments({ outbox: { $exists: true } })) === 0,
  )
})
