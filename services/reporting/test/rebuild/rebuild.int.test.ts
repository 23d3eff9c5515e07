import { topics } from '@daybook/shared/events'
import { hasPassed } from '@daybook/shared/kafka'
import type { Rebuild } from '@daybook/shared/rebuild/rebuild'
import { until, watchTopic } from '@daybook/shared/testing'
import t from 'tap'
import { projectionGroup } from '../../src/groups.ts'
import { type Completion, project, type TakenBack } from '../../src/projection/completion.ts'
import type { Projection, RebuildPhase } from '../../src/projection/generation-model.ts'
import type { Run } from '../../src/runs/run-model.ts'
import { startCommand } from '../support/commands.ts'
import { completed, deletedAndRestored, makeBench, reopened, startReporting } from '../support/reporting.ts'

const [DAY, NEXT, BUSY] = ['2026-06-01', '2026-06-02', '2026-06-03'] as const
type Event = ReturnType<typeof completed>
const idOf = ({ data: { day, taskId } }: Event) => `${day}:${taskId}`

t.test('the projection is built again from all events', async t => {
  const bench = await makeBench(t)
  const { publish, endDay } = bench
  const { db } = bench.stack
  const completions = db.collection<Completion | TakenBack>('completions')
  const projections = db.collection<Projection>('projections')
  const rebuild = (...args: string[]) => startCommand(t, bench.stack, 'rebuild', ...args).ended
  const verify = (day: string) => startCommand(t, bench.stack, 'verify', day).ended
  const dump = () => completions.find().sort({ _id: 1 }).toArray()
  /** What a rebuild has left: documents that are not live, and its phase. */
  const leftovers = async () => {
    const names = (await db.listCollections()).map(({ name }) => name)
    const rebuilds = (await projections.find().toArray()).flatMap(one => one.rebuild ?? [])
    return [...names.filter(name => /^completions_\d/.test(name)), ...rebuilds.map(({ phase }) => phase)]
  }
  const nothingIsLeft = () => until('nothing is left', async () => (await leftovers()).length === 0)
  const setRebuild = (change: Partial<Rebuild<RebuildPhase>>) =>
    projections.updateOne(
      { _id: 'completions' },
      { $set: Object.fromEntries(Object.entries(change).map(([name, value]) => [`rebuild.${name}`, value])) },
    )

  const water = completed('alice', DAY, { name: 'Water the plants' })
  const read = completed('alice', DAY, { name: 'Read', timeZone: 'Asia/Tokyo' })
  const [back, cook] = [completed('bob', DAY), completed('carol', DAY)]
  // An earlier version has projected this one under the older name of its time zone.
  const renamed = completed('anu', DAY, { timeZone: 'Asia/Calcutta' })
  await completions.insertOne({ ...(project(renamed) as Completion), timeZone: 'Asia/Calcutta' })
  await publish(water, ...deletedAndRestored(water), read, back, reopened(back), cook, renamed)
  await bench.kafka.publish(topics.tasks.name, [{ key: 'dora', value: 'no JSON', headers: {} }])
  const reporting = await startReporting(t, bench.stack)
  for (const zone of ['UTC', 'Asia/Tokyo', 'Asia/Kolkata']) {
    await endDay(DAY, zone)
    await reporting.runDone(DAY, zone)
  }
  const unreadable = '1 records of daybook.tasks are no events: see the dead letters'

  await t.test('a projection that is as its events say stays', async t => {
    const { code, lines, errors } = await rebuild('--swap')
    t.equal(code, 0, errors)
    t.strictSame(lines, [
      'The live projection has no difference.',
      unreadable,
      'The live generation stays, and the new one is removed.',
    ])
    t.strictSame(await leftovers(), [])
    t.match(await projections.findOne(), { generation: 0, last: 1 })
  })

  const differences = [
    `${DAY} mallory in Asia/Tokyo: 1 extra`,
    `${DAY} alice in UTC: 1 changed (name)`,
    `${DAY} bob in UTC: 1 changed (takenBack)`,
    `${DAY} carol in UTC: 1 missing`,
    '4 days of users differ, on 1 dates. In the live projection 1 missing, 1 extra, 2 changed.',
  ]

  await t.test('the differences are shown by day and user, and nothing else changes', async t => {
    await completions.updateOne({ _id: idOf(water) }, { $set: { name: 'Drown the plants' } })
    await completions.updateOne({ _id: idOf(back) }, { $set: { takenBack: false } })
    await completions.deleteOne({ _id: idOf(cook) })
    const extra = completed('mallory', DAY, { timeZone: 'Asia/Tokyo' })
    await completions.insertOne(project(extra) as Completion)
    // Their logs are written from the damaged projection.
    for (const userId of ['alice', 'mallory', 'carol'])
      await bench.sendLogRequests({ userId, day: DAY, timeZone: 'UTC', late: true })
    await until('the logs are wrong', async () => {
      const files = await bench.list(DAY)
      const isDrowned = (await bench.read(DAY, 'alice.log'))?.includes('Drown')
      return isDrowned && files.includes('mallory.log') && !files.includes('carol.log')
    })
    const before = await dump()
    const letters = await db.collection('dead_letters').find().toArray()
    const { code, lines, errors } = await rebuild()
    t.equal(code, 0, errors)
    const kept = 'Generation 2 is kept beside the live one: --swap makes it live, --drop removes it.'
    t.strictSame(lines, [...differences, unreadable, kept])
    t.strictSame(await dump(), before)
    t.strictSame(await db.collection('dead_letters').find().toArray(), letters)
    t.strictSame(await leftovers(), ['completions_2', 'built'])
  })

  await t.test('another rebuild is refused while one is under way', async t => {
    await setRebuild({ phase: 'building', until: new Date(Date.now() + 3_600_000) })
    const [refused, wrong] = await Promise.all([rebuild('--swap'), rebuild('--swap', '--drop')])
    t.match(refused, {
      code: 1,
      errors: /Another rebuild of generation 2 \(building\) is under way; if its process has ended, try/,
    })
    t.match(wrong, { code: 1, errors: /usage: rebuild \[--swap \| --drop\]/ })
    await setRebuild({ phase: 'built', until: new Date(0) })
  })

  await t.test(
    'the kept generation becomes live, logs follow, and nothing that comes meanwhile is lost',
    async t => {
      const timeOf = async () => (await completions.findOne({ _id: idOf(read) }))?.projectedAt ?? new Date(0)
      const before = await timeOf()
      const swapping = rebuild('--swap')
      let [published, isEnded] = [0, false]
      const publishing = (async () => {
        for (; !isEnded; published += 1) await publish(completed('busy', BUSY))
      })()
      const { code, lines, errors } = await swapping
      isEnded = true
      await publishing
      t.equal(code, 0, errors)
      const live = 'Generation 2 is live. The logs of closed days that differed are being written again.'
      t.strictSame(lines, [...differences, live])
      const [verified, ofBusy] = await Promise.all([verify(DAY), verify(BUSY)])
      t.equal(verified.code, 0, verified.lines.join('\n'))
      const counted = `${BUSY}: ${published} completions of 1 users, no difference`
      t.equal(ofBusy.lines.at(-1), counted)
      t.notOk((await bench.list(DAY)).includes('mallory.log'))
      t.match(await bench.read(DAY, 'alice.log'), /Water the plants/)
      t.ok((await timeOf()) > before, 'a document has the time of the rebuild that wrote it')
      t.strictSame(await leftovers(), [])
      t.match(await projections.findOne(), { generation: 2, last: 2 })
      const indexes = ['_id_', "a user's day", 'users of a day']
      t.strictSame(Object.keys(await completions.indexInformation()).sort(), indexes)
    },
  )

  await t.test('a rebuild that is interrupted or killed leaves the live generation as it was', async t => {
    for (const signal of ['SIGINT', 'SIGKILL'] as const) {
      const { process, ended } = startCommand(t, bench.stack, 'rebuild', '--swap')
      await until('it builds', async () => (await leftovers()).includes('building'))
      process.kill(signal)
      const { errors } = await ended
      if (signal === 'SIGINT') t.match(errors, 'The rebuild was interrupted')
      else {
        // In place of the time that the lease lasts.
        await setRebuild({ until: new Date(0) })
        t.equal((await rebuild('--drop')).code, 0)
      }
      await nothingIsLeft()
      t.match(await projections.findOne(), { generation: 2 }, signal)
    }
  })

  await t.test(
    'an end of day waits for a swap whose command was killed, and its report has everything',
    async t => {
      const reports = await watchTopic(t, bench.stack, 'daybook.reports')
      const ofDay = () => reports.filter(({ value }) => value.day === NEXT)
      const [early, late] = [completed('early', NEXT), completed('late', NEXT)]
      const isProjected = (user: string) =>
        until('it is projected', async () => (await reporting.dayOf(user, NEXT)).completions.length === 1)
      await publish(early)
      await isProjected('early')
      await completions.updateOne({ _id: idOf(early) }, { $set: { name: 'damaged' } })
      const { lines } = await rebuild()
      const [, generation] = /Generation (\d+) is kept/.exec(lines.at(-1) ?? '') ?? []
      await publish(late)
      await isProjected('late')
      // The command was killed after it had moved the documents. The new ones lack what came since it was built.
      await setRebuild({ phase: 'swapping', until: new Date(Date.now() + 3_600_000) })
      await db.collection(`completions_${generation}`).rename('completions', { dropTarget: true })
      t.strictSame((await reporting.dayOf('late', NEXT)).completions, [])

      await endDay(NEXT)
      const runs = db.collection<Run>('runs')
      const barrier = { day: NEXT, closingOffsets: { $exists: true } }
      await until('the run has its barrier', async () => (await runs.countDocuments(barrier)) === 1)
      await until('the group of the projection has passed it', async () => {
        const passed = await bench.kafka.committedOffsets(projectionGroup, topics.tasks.name)
        return hasPassed(passed, await bench.kafka.endOffsets(topics.tasks.name))
      })
      t.match(await reporting.run(`${NEXT}@UTC`), { body: { state: 'closing' } })
      await setRebuild({ until: new Date(0) })
      await reporting.runDone(NEXT)
      await until('the day is reported', () => ofDay().length > 0)
      t.match(ofDay()[0], { headers: { ce_type: 'DayReported' }, value: { users: 2, completions: 2 } })
      await nothingIsLeft()
      t.equal((await verify(NEXT)).code, 0)
      t.equal(ofDay().length, 1, 'nothing was amended')
      t.match(await projections.findOne(), { generation: Number(generation) })
    },
  )
})
