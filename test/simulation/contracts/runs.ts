import type { DayReported, Envelope } from '@daybook/shared/events'
import type { Run } from '../../../services/reporting/src/runs/run-model.ts'
import type { Runs } from '../../../services/reporting/src/runs/run-store.ts'
import { type Contract, type Open, stopClock } from './contract.ts'

const day = '2026-11-22'
const timeZone = 'UTC'
const id = `${day}@${timeZone}`
const hour = (hours: number) => new Date(Date.UTC(2026, 10, 22, hours))
const listed = (users: number) => ({ requests: users, counts: { users, completions: 3 * users } })

const reportedAt = '2026-11-23T00:00:01.000Z'
const reported = (of = day): DayReported => ({
  ...{ id: `day-reported:${timeZone}:${of}`, type: 'DayReported', source: '/daybook/reporting', subject: of },
  time: reportedAt,
  data: { day: of, timeZone, reportedAt, users: 0, completions: 0, failures: 0, coveredOffsets: {} },
})

const reader =
  (runs: Runs, _id = id) =>
  async () =>
    (await runs.find([_id]))[0] as Run

/** Opens the runs with one run. */
async function withRun(fresh: () => Promise<Open<Runs>>) {
  const open = await fresh()
  const runs = await open()
  await runs.create([{ day, timeZone }])
  return { runs, other: await open(), read: reader(runs) }
}

const ids = (runs: Run[]) => runs.map(({ _id }) => _id)

export const runsContract: Contract<Runs> = (t, fresh) => {
  t.test('creating an empty run again starts it again without its old barriers', async t => {
    const { runs, read } = await withRun(fresh)
    await runs.recordClosingOffsets(await read(), new Map([[0, 1n]]))
    await runs.startWriting(await read())
    t.ok(await runs.markEmpty(await read()))
    await runs.create([{ day, timeZone }])
    const run = await read()
    t.match(run, { state: 'closing' })
    t.notHas(run, { closingOffsets: {} })
    await runs.removeEmpty(id)
    t.equal((await runs.find([id])).length, 1, 'a run that is not empty stays')
  })

  t.test('an empty run is removed, and other runs are found by id', async t => {
    const { runs, read } = await withRun(fresh)
    await runs.create([{ day, timeZone: 'Asia/Tokyo' }])
    await runs.startWriting(await read())
    await runs.markEmpty(await read())
    await runs.removeEmpty(id)
    t.strictSame(ids(await runs.find([id, `${day}@Asia/Tokyo`, 'none'])), [`${day}@Asia/Tokyo`])
  })

  t.test('a run waits for what is published for the last end of its day', async t => {
    const runs = await (await fresh())()
    const create = (hours: number) => runs.create([{ day, timeZone, endedAt: hour(hours) }])
    const read = reader(runs)
    await create(15)
    await create(24)
    await create(12)
    t.strictSame((await read()).endedAt, hour(24))
    await runs.recordPublished(hour(15), { 0: '1' })
    t.notHas(await read(), { closingOffsets: {} })
    await runs.recordPublished(hour(25), { 0: '2' })
    await runs.recordPublished(hour(26), { 0: '3' })
    await create(27)
    const waiting = await read()
    t.strictSame([waiting.endedAt, waiting.closingOffsets], [hour(24), { 0: '2' }])

    await runs.startWriting(waiting)
    await runs.markEmpty(await read())
    await create(28)
    const again = await read()
    t.strictSame([again.state, again.endedAt, again.closingOffsets], ['closing', hour(28), undefined])
    await runs.recordPublished(hour(28), {})
    await runs.startWriting(await read())
    await runs.markEmpty(await read())
    await runs.create([{ day, timeZone }])
    t.equal((await read()).endedAt, undefined, 'a late completion needs no end of the day')
  })

  t.test('a run has the trace context of what made it, or started it again', async t => {
    const runs = await (await fresh())()
    const read = reader(runs)
    await runs.create([{ day, timeZone, endedAt: hour(12), traceparent: 'first' }])
    t.equal((await read()).traceparent, 'first')
    await runs.create([{ day, timeZone, endedAt: hour(13), traceparent: 'second' }])
    t.equal((await read()).traceparent, 'second', 'it waits for the later end')
    for (const traceparent of ['third', undefined]) {
      await runs.recordPublished(hour(24), {})
      await runs.startWriting(await read())
      await runs.markEmpty(await read())
      await runs.create([{ day, timeZone, ...(traceparent && { traceparent }) }])
      t.equal((await read()).traceparent, traceparent)
    }
  })

  t.test('a run that another process has advanced since it was read is not changed', async t => {
    const { runs, other, read } = await withRun(fresh)
    const old = await read()
    const end = new Map([
      [0, 1n],
      [1, 9n],
    ])
    await other.recordClosingOffsets(old, end)
    const noted = await read()
    t.notOk(await runs.startWriting(old), 'a barrier was recorded')
    t.notOk(await runs.lease(old, 'one'))
    t.ok(await runs.startWriting(noted))
    t.notOk(await other.startWriting(noted), 'the state has changed')
    const writing = await read()
    await runs.recordRequestsSent(writing, listed(3), new Map([[0, 1n]]))
    t.notOk(await other.markEmpty(writing), 'log requests were sent')
    t.notOk(await other.recordRequestsSent(writing, listed(4), new Map([[0, 2n]])))
    t.match(await read(), { jobs: 3, jobOffsets: { 0: '1' } })
  })

  t.test('of several processes that advance a run at the same time, one succeeds', async t => {
    const { runs, other, read } = await withRun(fresh)
    const run = await read()
    const answers = await Promise.all([runs, other, runs, other].map(one => one.startWriting(run)))
    t.equal(answers.filter(Boolean).length, 1)
    const leases = await Promise.all(['a', 'b', 'c'].map(async one => runs.lease(await read(), one)))
    t.equal(leases.filter(Boolean).length, 1)
  })

  t.test('a run has one owner at a time until it advances, and none when it is done', async t => {
    const { runs, read } = await withRun(fresh)
    const run = await read()
    t.ok(await runs.lease(run, 'one'))
    t.ok(await runs.lease(run, 'one'), 'the owner renews its lease')
    t.notOk(await runs.lease(run, 'two'))
    await runs.release('one')
    t.ok(await runs.lease(run, 'two'))
    await runs.startWriting(run)
    const writing = await read()
    t.notHas(writing, { leaseOwner: '' })
    t.ok(await runs.lease(writing, 'one'))
    await runs.markReported(writing, new Date(), reported())
    t.notOk(await runs.lease(writing, 'one'))
  })

  t.test('a lease that is not renewed goes to another process after ten seconds', async t => {
    const clock = stopClock(t)
    const { runs, read } = await withRun(fresh)
    const run = await read()
    t.ok(await runs.lease(run, 'one'))
    clock.pass(5000)
    t.ok(await runs.lease(run, 'one'))
    clock.pass(10_000)
    t.notOk(await runs.lease(run, 'two'), 'at the last instant')
    clock.pass(1)
    t.ok(await runs.lease(run, 'two'))
    t.notOk(await runs.lease(run, 'one'))
    await runs.release('one')
    t.notOk(await runs.lease(run, 'one'), 'a process releases only what it holds')
  })

  t.test('a run has the given fields and no others, from its creation to its report', async t => {
    const { runs, read } = await withRun(fresh)
    const made = { _id: id, day, timeZone, createdAt: (await read()).createdAt }
    t.strictSame(await read(), { ...made, state: 'closing' })
    await runs.lease(await read(), 'one')
    await runs.recordClosingOffsets(await read(), new Map())
    t.strictSame(await read(), { ...made, state: 'closing', closingOffsets: {} }, 'an empty topic')
    await runs.startWriting(await read())
    await runs.recordRequestsSent(await read(), listed(2), new Map([[3, 7n]]))
    const { writingAt, jobsSentAt } = await read()
    t.ok(writingAt instanceof Date && jobsSentAt instanceof Date)
    const writing = { ...made, closingOffsets: {}, writingAt }
    const sent = { jobs: 2, counts: { users: 2, completions: 6 }, jobOffsets: { 3: '7' }, jobsSentAt }
    t.strictSame(await read(), { ...writing, ...sent, state: 'writing' })
    const doneAt = new Date()
    t.ok(await runs.markReported(await read(), doneAt, reported()))
    const { outbox, ...done } = await read()
    t.strictSame(done, { ...writing, ...sent, state: 'done', doneAt })
    t.strictSame(outbox, [{ event: reported(), storedAt: outbox?.[0]?.storedAt }])
  })

  t.test('a run whose log requests are forgotten is as it was before they were sent', async t => {
    const { runs, read } = await withRun(fresh)
    await runs.startWriting(await read())
    const before = await read()
    await runs.recordRequestsSent(before, listed(2), new Map([[3, 7n]]))
    t.ok(await runs.forgetRequests(await read()))
    t.strictSame(await read(), before)
    t.notOk(await runs.forgetRequests({ ...before, jobOffsets: { 3: '7' } }))
  })

  t.test('runs are listed newest first: all, those of a state, those that are not done or late', async t => {
    const clock = stopClock(t)
    const runs = await (await fresh())()
    const days = ['2026-11-20', '2026-11-22', '2026-11-21']
    for (const one of days) {
      await runs.create([{ day: one, timeZone }])
      clock.pass(1000)
    }
    await runs.create([{ day: '2026-11-22', timeZone: 'Asia/Calcutta' }])
    const run = await reader(runs, `2026-11-21@${timeZone}`)()
    await runs.startWriting(run)
    const [oldest, middle, newest] = [...days].sort().map(one => `${one}@UTC`)
    const older = '2026-11-22@Asia/Calcutta'
    t.strictSame(ids(await runs.list({ limit: 9 })), [newest, older, middle, oldest])
    t.strictSame(ids(await runs.list({ limit: 1, before: older })), [middle])
    t.strictSame(ids(await runs.list({ limit: 9, state: 'writing' })), [middle])
    t.strictSame(ids(await runs.list({ limit: 9, day: '2026-11-22' })), [newest, older])
    t.strictSame(ids(await runs.list({ limit: 9, day: '2026-11-22', before: newest })), [older])
    t.strictSame(ids(await runs.list({ limit: 9, timeZone: 'Asia/Kolkata' })), [older], 'by its current name')
    t.strictSame(ids(await runs.list({ limit: 9, timeZone, before: newest })), [middle, oldest])
    t.strictSame(ids(await runs.unfinished()), [newest, middle, oldest], 'no runs of older names')
    const before = new Date(Date.parse('2026-11-23T00:00:01.000Z') + 1)
    t.strictSame(ids(await runs.overdue(before)).sort(), [oldest, newest])
    await runs.markReported(await reader(runs, `${middle}`)(), new Date(), reported())
    t.strictSame(ids(await runs.unfinished()), [newest, oldest])
  })

  t.test('a day is unreported from when its run is made until its report is published', async t => {
    const { runs, read } = await withRun(fresh)
    const unreported = async () => [...(await runs.unreported([day, '2026-11-21']))]
    t.strictSame(await unreported(), [day])
    await runs.startWriting(await read())
    t.strictSame(await unreported(), [day])
    await runs.markReported(await read(), new Date(), reported())
    t.strictSame(await unreported(), [day])
    await runs.outbox(async () => {}).markPublished([{ document: id, event: reported() }])
    t.strictSame(await unreported(), [])
    t.notHas(await read(), { outbox: [] })
  })

  t.test(
    'reports that wait are found by their age, the oldest first, and published with those before them',
    async t => {
      const clock = stopClock(t)
      const runs = await (await fresh())()
      const published: Envelope[] = []
      const outbox = runs.outbox(async events => void published.push(...events))
      for (const one of ['2026-11-22', '2026-11-21']) {
        await runs.create([{ day: one, timeZone }])
        await runs.markReported(await reader(runs, `${one}@${timeZone}`)(), new Date(), reported(one))
        clock.pass(1000)
      }
      const left = async (age: number, limit = 9) =>
        (await outbox.leftBehind(age, limit)).map(({ event }) => event.subject)
      t.strictSame(await left(0), ['2026-11-22', '2026-11-21'])
      t.strictSame(await left(1000), ['2026-11-22'], 'a younger one is left to its process')
      t.strictSame(await left(0, 1), ['2026-11-22'])
      const waiting = await outbox.leftBehind(0, 9)
      await outbox.publish(waiting)
      t.strictSame(
        published.map(({ subject }) => subject),
        ['2026-11-22', '2026-11-21'],
      )
      await outbox.markPublished(waiting)
      t.strictSame(await left(-1), [])
    },
  )

  t.test('what a caller gives is its own', async t => {
    const { runs } = await withRun(fresh)
    const offsets = { 0: '1' }
    await runs.create([{ day, timeZone: 'Asia/Tokyo', endedAt: hour(15) }])
    await runs.recordPublished(hour(15), offsets)
    offsets[0] = '2'
    t.match(await reader(runs, `${day}@Asia/Tokyo`)(), { closingOffsets: { 0: '1' } })
  })
}
