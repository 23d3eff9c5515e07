import { outboxEntries } from '@daybook/shared/outbox'
import { type SeenRecord, type Stack, until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import type { UserLog } from '../../src/logs/user-log-model.ts'
import { type Completion, project, type TakenBack } from '../../src/projection/completion.ts'
import type { ClosedZone } from '../../src/runs/closed-day-store.ts'
import type { Run } from '../../src/runs/run-model.ts'
import { completed, makeBench, startReporting } from '../support/reporting.ts'

const OLD = 'Asia/Calcutta'
const CURRENT = 'Asia/Kolkata'

/** The collections with the documents of the earlier version. */
const collectionsOf = ({ db }: Stack) => ({
  completions: db.collection<Completion | TakenBack>('completions'),
  runs: db.collection<Run>('runs'),
  zones: db.collection<ClosedZone>('time_zones'),
  logs: db.collection<UserLog>('user_logs'),
})

const projected = (userId: string, day: string, timeZone = OLD) =>
  project(completed(userId, day, { timeZone })) as Completion

const oldRun = (day: string, state: Run['state'], rest: Partial<Run> = {}): Run => {
  const createdAt = new Date(`${day}T18:30:01Z`)
  return { _id: `${day}@${OLD}`, day, timeZone: OLD, state, createdAt, closingOffsets: { 0: '0' }, ...rest }
}

const done = (day: string): Run => {
  const at = new Date(`${day}T18:30:02Z`)
  return oldRun(day, 'done', { writingAt: at, jobs: 1, jobOffsets: { 0: '1' }, jobsSentAt: at, doneAt: at })
}

const written = (day: string, userId: string): UserLog => {
  const log = { revision: 1, completions: 1, sha256: '0'.repeat(64), writtenAt: new Date() }
  return { _id: `${day}/${userId}`, day, userId, runs: [`${day}@${OLD}`], state: 'written', ...log }
}

const reportsOf = (records: SeenRecord[]) => (day: string, type: string) =>
  records.filter(({ headers, value }) => headers.ce_type === type && value.day === day)

t.test('days of an earlier version continue under the current name of the time zone', async t => {
  const bench = await makeBench(t)
  const { publish, endDay, stack } = bench
  const { completions, runs, zones, logs } = collectionsOf(stack)
  const [reported, closing, writing, open] = ['2026-03-10', '2026-03-11', '2026-03-12', '2026-03-13'] as const
  await completions.insertMany([
    projected('anu', reported),
    projected('anu', closing),
    projected('anu', writing),
    projected('anu', open),
    projected('bo', open),
  ])
  const waiting = {
    id: `day-reported:${OLD}:${reported}`,
    type: 'DayReported',
    source: '/daybook/reporting',
    subject: reported,
    time: `${reported}T18:30:02.000Z`,
    data: { day: reported, timeZone: OLD },
  }
  const outbox = outboxEntries([waiting]).map(entry => ({ ...entry, storedAt: new Date(0) }))
  await runs.insertMany([
    { ...done(reported), outbox },
    oldRun(closing, 'closing'),
    oldRun(writing, 'writing', { writingAt: new Date() }),
  ])
  await zones.insertOne({ _id: OLD, closedThrough: writing })
  await logs.insertOne(written(reported, 'anu'))
  // The earlier version sent this event, and this version reads it first.
  await bench.sendLogRequests({ userId: 'anu', day: writing, timeZone: OLD, late: false })
  await publish(completed('cy', open, { timeZone: OLD }), completed('di', open, { timeZone: CURRENT }))

  const reporting = await startReporting(t, stack)
  const records = await watchTopic(t, stack, 'daybook.reports')
  const find = reportsOf(records)
  await endDay(open, OLD)
  await endDay(open, CURRENT)
  await reporting.runDone(open, CURRENT)
  for (const day of [closing, writing]) await reporting.runDone(day, CURRENT)
  for (const day of [reported, closing, writing, open])
    await until(`${day} is reported`, () => find(day, 'DayReported').length > 0)

  const { body } = await reporting.operator<{ runs: { id: string }[] }>('/runs')
  const days = [open, writing, closing, reported]
  t.strictSame(
    body.runs.map(({ id }) => id),
    days.map(day => `${day}@${CURRENT}`),
  )
  t.match(await reporting.run(`${reported}@${OLD}`), {
    status: 200,
    body: { id: `${reported}@${CURRENT}`, written: 1 },
  })
  t.match(await reporting.dayOf('anu', open), { completions: [{ timeZone: CURRENT }], log: { revision: 1 } })
  t.match(find(open, 'DayReported')[0]?.value, { timeZone: CURRENT, users: 4, completions: 4 })
  for (const user of ['anu', 'bo', 'cy', 'di']) t.match(await bench.read(open, `${user}.log`), /\n$/)

  await publish(completed('anu', open, { timeZone: OLD }), completed('anu', reported, { timeZone: OLD }))
  for (const day of [open, reported]) {
    const amended = await until('the day is amended', () => find(day, 'DayAmended')[0])
    t.match(amended.value, { timeZone: CURRENT, userId: 'anu', revision: 2, completions: 2 })
  }
  for (const day of days) {
    const ids = new Set(find(day, 'DayReported').map(({ headers }) => headers.ce_id))
    t.strictSame(
      [...ids],
      [`day-reported:${day === reported ? OLD : CURRENT}:${day}`],
      'the day was closed once',
    )
  }
  t.equal(records.filter(({ headers }) => headers.ce_type === 'DayAmended').length, 2)
  t.equal(await completions.countDocuments({ timeZone: OLD }), 0)

  await reporting.end('SIGTERM')
  const before = await runs.find().toArray()
  await startReporting(t, stack)
  t.strictSame(await runs.find().toArray(), before, 'another start changes nothing')
})

t.test('documents that an earlier version writes beside this version are adopted', async t => {
  const bench = await makeBench(t)
  const { publish, endDay, stack } = bench
  const { completions, runs, zones } = collectionsOf(stack)
  const reporting = await startReporting(t, stack)
  const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10)
  const [closedHere, foundLate, reported, empty, closing] = [ago(5), ago(9), ago(8), ago(7), ago(4)]
  for (const day of [closedHere, foundLate, reported, empty])
    await publish(completed('new', day, { timeZone: CURRENT }))
  for (const day of [closedHere, foundLate]) await endDay(day, CURRENT)
  for (const day of [closedHere, foundLate]) await reporting.runDone(day, CURRENT)
  await until('all completions are projected', async () => {
    const days = await Promise.all([reported, empty].map(day => reporting.dayOf('new', day)))
    return days.every(day => day.completions.length > 0)
  })

  const old = [closedHere, foundLate, reported, closing].map(day => projected('old', day))
  await completions.insertMany(old)
  await runs.insertMany([oldRun(foundLate, 'closing'), done(reported), oldRun(closing, 'closing')])
  await zones.insertOne({ _id: OLD, closedThrough: empty })

  const isWritten = (user: string, day: string, why: string) =>
    until(why, async () => ['written', 'amended'].includes((await reporting.dayOf(user, day)).log.state))
  await isWritten(
    'old',
    closedHere,
    'a completion that the earlier version projected, of a day that this version closed, is written',
  )
  await isWritten(
    'old',
    foundLate,
    'a run that the earlier version made for a late completion has its logs written',
  )
  await isWritten(
    'new',
    reported,
    'a completion under the current name, which the earlier version did not list, is written',
  )
  await isWritten(
    'new',
    empty,
    'the logs of a day are written although the earlier version found no completions on it',
  )
  await isWritten('old', closing, 'a run that the earlier version made is done')
  for (const day of [closedHere, foundLate, reported, empty, closing]) await reporting.runDone(day, CURRENT)
  const noneIsLeft = async () => (await runs.countDocuments({ timeZone: OLD })) === 0
  await until('no run has the older name', noneIsLeft)
  // The earlier version finished a run that this version has replaced meanwhile.
  await runs.insertOne(done(empty))
  await until('no run has the older name', noneIsLeft)
  t.equal(await completions.countDocuments({ timeZone: OLD }), 0)
})
