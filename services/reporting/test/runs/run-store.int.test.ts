import type { DayReported } from '@daybook/shared/events'
import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import type { Run } from '../../src/runs/run-model.ts'
import { openRuns } from '../../src/runs/run-store.ts'

const day = '2026-11-22'
const timeZone = 'UTC'
const id = `${day}@${timeZone}`

const reported: DayReported = {
  id: `day-reported:${timeZone}:${day}`,
  type: 'DayReported',
  source: '/daybook/reporting',
  subject: day,
  time: '2026-11-23T00:00:01.000Z',
  data: {
    day,
    timeZone,
    reportedAt: '2026-11-23T00:00:01.000Z',
    users: 0,
    completions: 0,
    failures: 0,
    coveredOffsets: {},
  },
}

const listed = (users: number) => ({ requests: users, counts: { users, completions: 3 * users } })

async function setUp(t: Parameters<typeof makeStack>[0]) {
  const { db } = await makeStack(t)
  const runs = await openRuns(db)
  await runs.create([{ day, timeZone }])
  const read = async () => (await runs.find([id]))[0] as Run
  return { db, runs, read }
}

t.test('creating an empty run again starts it again without its old barriers', async t => {
  const { runs, read } = await setUp(t)
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

t.test('a run waits for what is published for the last end of its day', async t => {
  const { db } = await makeStack(t)
  const runs = await openRuns(db)
  const hour = (hours: number) => new Date(Date.UTC(2026, 10, 22, hours))
  const create = (hours: number) => runs.create([{ day, timeZone, endedAt: hour(hours) }])
  const read = async () => (await runs.find([id]))[0] as Run
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

t.test('a run that another process has advanced since it was read is not changed', async t => {
  const { runs, read } = await setUp(t)
  const old = await read()
  await runs.recordClosingOffsets(
    old,
    new Map([
      [0, 1n],
      [1, 9n],
    ]),
  )
  const noted = await read()
  t.notOk(await runs.startWriting(old), 'a barrier was recorded')
  t.notOk(await runs.lease(old, 'one'))
  t.ok(await runs.startWriting(noted))
  t.notOk(await runs.startWriting(noted), 'the state has changed')
  const writing = await read()
  await runs.recordRequestsSent(writing, listed(3), new Map([[0, 1n]]))
  t.notOk(await runs.markEmpty(writing), 'log requests were sent')
})

t.test('a run has one owner at a time until it advances, and none when it is done', async t => {
  const { runs, read } = await setUp(t)
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
  await runs.markReported(writing, new Date(), reported)
  t.notOk(await runs.lease(writing, 'one'))
})

t.test('a run stores the given fields and no others, from its creation to its report', async t => {
  const { db, runs, read } = await setUp(t)
  const stored = () => db.collection<Run>('runs').findOne({ _id: id })
  const made = { _id: id, day, timeZone, createdAt: (await read()).createdAt }
  t.strictSame(await stored(), { ...made, state: 'closing' })
  await runs.lease(await read(), 'one')
  await runs.recordClosingOffsets(await read(), new Map())
  t.strictSame(
    await stored(),
    { ...made, state: 'closing', closingOffsets: {} },
    'an empty topic has no offsets',
  )
  await runs.startWriting(await read())
  await runs.recordRequestsSent(await read(), listed(2), new Map([[3, 7n]]))
  const { writingAt, jobsSentAt } = await read()
  t.ok(writingAt instanceof Date && jobsSentAt instanceof Date)
  const writing = { ...made, closingOffsets: {}, writingAt }
  const sent = { jobs: 2, counts: { users: 2, completions: 6 }, jobOffsets: { 3: '7' }, jobsSentAt }
  t.strictSame(await stored(), { ...writing, ...sent, state: 'writing' })
  const doneAt = new Date()
  t.ok(await runs.markReported(await read(), doneAt, reported))
  const { outbox, ...done } = (await stored()) as Run
  t.strictSame(done, { ...writing, ...sent, state: 'done', doneAt })
  t.strictSame(outbox, [{ event: reported, storedAt: outbox?.[0]?.storedAt }])
})

t.test('a run whose log requests are forgotten is as it was before they were sent', async t => {
  const { runs, read } = await setUp(t)
  await runs.startWriting(await read())
  const before = await read()
  await runs.recordRequestsSent(before, listed(2), new Map([[3, 7n]]))
  t.ok(await runs.forgetRequests(await read()))
  t.strictSame(await read(), before)
})
