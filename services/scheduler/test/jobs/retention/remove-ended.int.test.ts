import { test } from 'tap'
import { bareIdModel } from '../../../src/jobs/adding/bare-id-model.ts'
import { removalStore } from '../../../src/jobs/retention/removal-store.ts'
import { BATCH, removeEnded } from '../../../src/jobs/retention/remove-ended.ts'
import { makeAdding } from '../../support/adding.ts'
import { end, published } from '../../support/job-life.ts'

const DAY = 86_400_000
const after = (days: number, now: Date) => new Date(now.getTime() + days * DAY)

test('jobs are removed by age and outcome, and their chosen ids stay for some time', async t => {
  const { base, add, jobs } = await makeAdding(t)
  const store = removalStore(base.jobs, base.groups, bareIdModel(base.connection))
  const remove = (days: number) => removeEnded(store, 14 * DAY, after(days, base.now()))
  const request = { kind: 'mail' }
  await add(request, 'good')
  await add(request, 'bad')
  await add(request, 'unpublished')
  await end(base, ['good', 'unpublished'])
  await end(base, ['bad'], 'failed')
  const ids = async () => (await jobs()).map(({ _id }) => _id)
  await remove(4)
  t.strictSame(await ids(), ['bad', 'good', 'unpublished'], 'jobs with an event to publish stay')
  await published(base)
  await remove(2)
  t.strictSame(await ids(), ['bad', 'good', 'unpublished'])
  t.match(await remove(5), { removed: 2, more: false })
  t.strictSame(await ids(), ['bad'])
  t.match(await add(request, 'good'), [{ id: 'good', status: 'exists' }])
  await t.rejects(add({ kind: 'other' }, 'good'), { code: 'DAYBOOK_JOB_CONFLICT' })
  await remove(5 + 15)
  t.match(await add(request, 'good'), [{ status: 'added' }])
})

test('no job is removed while the events of jobs that ended together long ago are not published', async t => {
  const { base, add, jobs } = await makeAdding(t)
  const store = removalStore(base.jobs, base.groups, bareIdModel(base.connection))
  await add({ kind: 'mail' }, 'a')
  await end(base, ['a'])
  await published(base)
  const notes = base.connection.collection<{ _id: string }>('job_end_notes')
  await notes.insertOne({ _id: 'note', at: base.now(), jobs: ['a'] } as never)
  const later = after(4, base.now())
  t.match(await removeEnded(store, DAY, later), { removed: 0, more: false })
  t.equal((await jobs()).length, 1)
  await notes.deleteMany({})
  t.match(await removeEnded(store, DAY, later), { removed: 1 })
})

test('a job that is retried meanwhile, and a member of an unfinished group, stay', async t => {
  const { base, add, adding, jobs } = await makeAdding(t)
  const store = removalStore(base.jobs, base.groups, bareIdModel(base.connection))
  await add({ kind: 'mail' }, 'retried')
  await base.groups.create({ _id: 'g', state: 'open', owner: 'alice', addedAt: base.now() })
  await adding.add([{ id: 'member', owner: 'alice', group: 'g', request: { kind: 'mail' } }])
  await end(base, ['retried', 'member'])
  await published(base)
  const later = after(4, base.now())
  const raced = {
    ...store,
    async keepIds(...args: Parameters<typeof store.keepIds>) {
      await store.keepIds(...args)
      await base.jobs.updateOne({ _id: 'retried' }, { $set: { state: 'ready' }, $unset: { removeAt: '' } })
    },
  }
  t.match(await removeEnded(raced, DAY, later), { removed: 0 })
  t.match(await jobs(), [
    { _id: 'member', removeAt: new Date(later.getTime() + 3_600_000) },
    { _id: 'retried', state: 'ready' },
  ])
})

test('removal examines nothing while no job is due to be removed, and goes on in batches', async t => {
  const { base } = await makeAdding(t)
  const [now, soon] = [base.now(), after(1, base.now())]
  const ended = Array.from({ length: 3 * BATCH }, (_, i) => ({
    _id: `j${i}`,
    state: 'succeeded',
    removeAt: soon,
  }))
  await base.jobs.collection.insertMany(ended as never[])
  const explained = await base.jobs
    .find({ removeAt: { $lte: now } })
    .sort({ removeAt: 1 })
    .limit(BATCH)
    .explain('executionStats')
  const { executionStats } = explained as unknown as { executionStats: Record<string, number> }
  const { totalKeysExamined, totalDocsExamined } = executionStats
  t.strictSame([totalKeysExamined, totalDocsExamined], [0, 0])
  const store = removalStore(base.jobs, base.groups, bareIdModel(base.connection))
  const left = async () => base.jobs.countDocuments()
  for (const expected of [2, 1, 0]) {
    t.match(await removeEnded(store, DAY, soon), { removed: BATCH, more: true })
    t.equal(await left(), expected * BATCH)
  }
  t.match(await removeEnded(store, DAY, soon), { removed: 0, more: false })
})
