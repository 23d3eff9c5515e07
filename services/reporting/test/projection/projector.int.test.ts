import { randomUUID } from 'node:crypto'
import type { DayReported } from '@daybook/shared/events'
import { until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { completed, deletedAndRestored, makeBench, reopened, startReporting } from '../support/reporting.ts'

const DAY = '2026-03-10'

t.test('the projection, seen through the REST API', async t => {
  const bench = await makeBench(t)
  const { publish, endDay } = bench
  const reporting = await startReporting(t, bench.stack)
  const reports = await watchTopic(t, bench.stack, 'daybook.reports')
  const named = (day: string, type: string) =>
    reports.filter(({ headers, value }) => headers.ce_type === type && value.day === day)
  const namesOf = async (user: string, day: string) =>
    (await reporting.dayOf(user, day)).completions.map(({ name }) => name)
  /** Waits until all events of a user are projected. They have one key, so they keep their order. */
  const projected = async (user: string) => {
    const last = randomUUID()
    await publish(completed(user, '1999-12-31', { name: last }))
    await until(`all events of ${user} are projected`, async () =>
      (await namesOf(user, '1999-12-31')).includes(last),
    )
  }

  t.test('repeated events, and another order of the tasks, make the same day', async t => {
    const tasks = Array.from({ length: 20 }, (_, i) => {
      const done = completed('alice', DAY, { completedAt: `${DAY}T10:00:${10 + i}.000Z`, name: `task-${i}` })
      const again = completed('alice', DAY, { ...done.data, sequence: 4, name: `again-${i}` })
      return i % 3 === 0 ? [done, reopened(done)] : i % 3 === 1 ? [done, reopened(done), again] : [done]
    })
    await publish(...tasks.flat())
    await projected('alice')
    const once = await namesOf('alice', DAY)
    t.equal(once.length, 13)
    await publish(...tasks.toReversed().flat())
    await publish(...tasks.flatMap(events => events.toReversed()))
    await projected('alice')
    await publish(...tasks.flatMap(([first]) => first ?? []))
    await projected('alice')
    t.strictSame(await namesOf('alice', DAY), once)
  })

  t.test('deleting and restoring a task does not change its day, and a later reopening does', async t => {
    const day = '2026-03-09'
    const [kept, back] = [completed('rob', day, { name: 'kept' }), completed('rob', day, { name: 'back' })]
    await publish(kept, ...deletedAndRestored(kept), back, ...deletedAndRestored(back))
    await projected('rob')
    t.strictSame((await namesOf('rob', day)).sort(), ['back', 'kept'])
    await publish(reopened({ ...back, data: { ...back.data, sequence: 4 } }))
    await projected('rob')
    t.strictSame(await namesOf('rob', day), ['kept'])
  })

  t.test(
    'reopening on the same day removes line and task file, and the last reopening removes all files of the day',
    async t => {
      const day = '2026-03-11'
      const [one, two] = [completed('bob', day, { name: 'one' }), completed('bob', day, { name: 'two' })]
      await publish(one, two, completed('zoe', day))
      await endDay(day)
      t.match(await reporting.runDone(day), { jobs: 2, written: 2, failed: 0 })
      t.equal((await bench.list(day, 'bob')).length, 2)

      await publish(reopened(one))
      await until('the log is amended', async () => (await reporting.dayOf('bob', day)).log.revision === 2)
      t.match(await bench.read(day, 'bob.log'), /^[^\n]*\ttwo\n$/)
      t.match(await bench.list(day, 'bob'), [new RegExp(`^${two.data.taskId}_two_`)])

      await publish(reopened(two))
      await until('the log is amended', async () => (await reporting.dayOf('bob', day)).log.revision === 3)
      t.strictSame(await bench.list(day), ['zoe', 'zoe.log'])
      t.match(await reporting.dayOf('bob', day), { completions: [], log: { state: 'amended', sha256: null } })
      t.equal((await (await reporting.as('bob'))(`/days/${day}/log`)).status, 404)
      const amended = await until('both amendments are published', () => {
        const found = named(day, 'DayAmended')
        return found.length === 2 && found
      })
      t.match(amended[0]?.value, { userId: 'bob', revision: 2, completions: 1, sha256: /^[0-9a-f]{64}$/ })
      t.match(amended[1]?.value, { userId: 'bob', revision: 3, completions: 0, sha256: null })
    },
  )

  t.test('reopening on a later day leaves the day unchanged', async t => {
    const day = '2026-03-12'
    const done = completed('carol', day)
    await publish(done)
    await endDay(day)
    await reporting.runDone(day)
    const before = await bench.read(day, 'carol.log')
    await publish(reopened(done, false))
    await projected('carol')
    t.equal(await bench.read(day, 'carol.log'), before)
    t.match(await reporting.dayOf('carol', day), {
      completions: [{}],
      log: { state: 'written', revision: 1 },
    })
  })

  t.test('a completion after the report amends the file as revision 2', async t => {
    const day = '2026-03-13'
    await publish(completed('dave', day, { name: 'in time' }))
    await endDay(day)
    await reporting.runDone(day)
    await publish(completed('dave', day, { name: 'late', completedAt: `${day}T23:59:59.999Z` }))
    const { log } = await until('the log is amended', async () => {
      const found = await reporting.dayOf('dave', day)
      return found.log.state === 'amended' && found
    })
    t.match(await bench.read(day, 'dave.log'), /\tin time\n.*\tlate\n$/)
    t.equal((await bench.list(day, 'dave')).length, 2)
    const [amended] = await until(
      'the amendment is published',
      () => named(day, 'DayAmended').length > 0 && named(day, 'DayAmended'),
    )
    t.match(amended, {
      key: day,
      headers: { ce_id: `day-amended:${day}:dave:2`, ce_subject: day },
      value: { day, timeZone: 'UTC', userId: 'dave', revision: 2, completions: 2, sha256: log.sha256 },
    })
    t.equal(named(day, 'DayReported').length, 1)
  })

  t.test('the first completion of a day that ended without completions makes the run of the day', async t => {
    const day = '2026-03-14'
    await endDay(day)
    await publish(completed('erin', '2026-03-15'))
    await endDay('2026-03-15')
    await reporting.runDone('2026-03-15')
    await until('the empty run is removed', async () => (await reporting.run(`${day}@UTC`)).status === 404)
    await publish(completed('erin', day))
    t.match(await reporting.runDone(day), { jobs: 1, written: 1 })
    t.match(await bench.read(day, 'erin.log'), /Water the plants\n$/)
    const [reported] = await until('the day is reported', () => {
      const found = named(day, 'DayReported')
      return found.length > 0 && found
    })
    const value = reported?.value as DayReported['data']
    t.match(value, { day, timeZone: 'UTC', users: 1, completions: 1, failures: 0 })
  })
})
