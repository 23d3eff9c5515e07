import type { DeadLetter } from '@daybook/shared/dead-letters/dead-letter-model'
import { toMessage } from '@daybook/shared/events'
import { until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { completed, makeBench, startReporting } from './support/reporting.ts'

const DAY = '2026-07-03'

t.test('processes with one role each write and amend a day together', async t => {
  const bench = await makeBench(t)
  const { stack } = bench
  const projection = await startReporting(t, stack, { ROLES: 'projection' })
  const reports = await watchTopic(t, stack, 'daybook.reports')
  const runs = await startReporting(t, stack, { ROLES: ' runs ' })
  await bench.publish(completed('alice', DAY), completed('bob', DAY))
  await bench.endDay(DAY)

  await t.test('the run waits while no process writes', async t => {
    await until('the log requests are sent', async () => (await runs.run(`${DAY}@UTC`)).body.jobs === 2)
    t.match((await projection.run(`${DAY}@UTC`)).body, { state: 'writing', written: 0 })
    t.strictSame(await bench.list(), [], 'no process without the role has made the folder of the log files')
  })

  const writers = await startReporting(t, stack, { ROLES: 'writers' })
  await t.test('each process is ready with the consumers of its role, and serves REST', async t => {
    t.match(await projection.runDone(DAY), { jobs: 2, written: 2 })
    const groups = async ({ operator }: typeof runs) =>
      until('it is ready', async () => {
        const { status, body } = await operator<{ consumers: { group: string }[] }>('/health/ready')
        return status === 200 && body.consumers.map(({ group }) => group).sort()
      })
    t.strictSame(await groups(projection), ['reporting-projection'])
    t.strictSame(await groups(runs), ['reporting-clock'])
    t.strictSame(await groups(writers), ['reporting-late-writer', 'reporting-writer'])
    for (const { operator } of [projection, runs, writers])
      t.match((await operator(`/days/${DAY}/log?user=alice`)).body, /Water the plants\n$/)
  })

  await t.test('a late completion is amended', async t => {
    await bench.publish(completed('alice', DAY, { name: 'late' }))
    const amended = await until('the amendment is published', () =>
      reports.find(({ headers }) => headers.ce_type === 'DayAmended'),
    )
    t.match(amended.value, { userId: 'alice', revision: 2, completions: 2 })
  })

  await t.test('a process without the role of a dead letter replays it', async t => {
    const { Binary } = stack.db.base.mongo
    const late = { day: DAY, userId: 'bob', timeZone: 'UTC', late: true }
    const { headers } = toMessage(completed('bob', DAY), 'bob')
    const letter = {
      ...{ _id: 'reporting-late-writer/daybook.reporting.late/0/0', group: 'reporting-late-writer' },
      ...{ topic: 'daybook.reporting.late', partition: 0, offset: '0', attempts: 1, parkedAt: new Date() },
      error: { name: 'Error', message: 'the disk is odd', stack: '' },
      headers: { ...headers, ce_type: 'WriteUserLog' },
      value: new Binary(Buffer.from(JSON.stringify(late))),
    }
    await stack.db.collection<DeadLetter>('dead_letters').insertOne(letter as unknown as DeadLetter)
    const path = `/dead-letters/${encodeURIComponent(letter._id)}/replay`
    t.match((await projection.operator(path, { method: 'POST' })).body, { result: 'handled' })
  })
})
