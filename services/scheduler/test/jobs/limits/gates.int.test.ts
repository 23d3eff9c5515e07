import { until } from '@daybook/shared/testing'
import { test } from 'tap'
import { openAdding } from '../../../src/jobs/adding/open-adding.ts'
import { retention } from '../../support/adding.ts'
import { makeJob, makeJobs, makeLimits } from '../../support/limits.ts'

const NOW = Date.UTC(2026, 10, 25, 12)
const gate = 'key:k/a'
// How many jobs of one key stand beside one of another key.
const THOUSANDS = process.env.LONG === 'true' ? 20 : 3

test('a job whose key is busy is held, and is ready when an attempt has ended', async t => {
  const { admission, putKind, add, ready, send, end, ids } = await makeLimits(t)
  await putKind('k', { perKey: 1 })
  await add([...makeJobs(3, { gate }), makeJob('other', { gate: 'key:k/b' })])
  const admitted = await admission.admit(await ready(), NOW)
  t.strictSame(admitted.map(({ places }) => places).sort(), [['key:k/a#0'], ['key:k/b#0']])
  t.strictSame(await ids('held'), ['j000001', 'j000002'])
  await send(admitted)
  t.equal(await admission.release([gate]), 0, 'the key is busy')
  await end('j000000')
  t.equal(await admission.release([gate]), 1)
  t.strictSame([await ids('ready'), await ids('held')], [['j000001'], ['j000002']])
  await putKind('k', {})
  t.equal(await admission.release([gate]), 1, 'without the limit nothing is held')
})

test('the sweep releases what a process that died has not released', async t => {
  const { putKind, add, ids, startSweep, base } = await makeLimits(t)
  await putKind('k', { perKey: 1 })
  // More gates than the sweep handles at once.
  const others = makeJobs(1000, { state: 'held' }, 'o').map(job => ({ ...job, gate: `key:k/${job._id}` }))
  await add([...makeJobs(2, { gate, state: 'held' }), ...others])
  startSweep()
  await until('the first job of each gate is ready', async () => (await ids('ready')).length === 1001)
  await base.jobs.updateOne({ _id: 'j000000' }, { $set: { state: 'succeeded' } })
  base.signals.emit('gatesFreed', [gate])
  await until('the second job is ready', async () => (await ids('ready')).includes('j000001'))
})

test('20,000 held jobs of a key, or of as many keys, do not stand before another job', async t => {
  const { putKind, add, ready, admission, base, send } = await makeLimits(t)
  await putKind('k', { perKey: 1 })
  const many = makeJobs(20_000, { gate, state: 'held' })
  await base.jobs.collection.insertMany([
    ...many,
    ...many.map((job, i) => ({ ...job, _id: `k${i}`, gate: `key:k/${i}` })),
    makeJob('busy', { gate, state: 'running', places: [`${gate}#0`] }),
  ] as never)
  await add([makeJob('other', { gate: 'key:k/other' })])
  t.strictSame(await send(await admission.admit(await ready(), NOW)), ['other'])
  const aggregate = [
    { $match: { gate: { $in: [gate, 'key:k/5', 'key:k/none'] }, state: 'held' } },
    { $sort: { gate: 1, state: 1, rank: 1 } },
    { $group: { _id: '$gate' } },
  ]
  const command = { aggregate: 'jobs', pipeline: aggregate, cursor: {} }
  const plan = await base.connection.db?.command({ explain: command, verbosity: 'executionStats' })
  const stats = plan?.executionStats ?? plan?.stages?.[0]?.$cursor?.executionStats
  t.ok(stats.totalKeysExamined <= 6, `${stats.totalKeysExamined} keys for three gates`)
  t.equal(await admission.release([gate, 'key:k/5', 'key:k/none']), 1)
})

test('many jobs of a key and one of another key: one of each is ready at once, the others are not touched', async t => {
  const { base, kinds, putKind, ids, startSweep } = await makeLimits(t)
  await putKind('k', { perKey: 1 })
  const moved: string[] = []
  base.connection.set('debug', (_name: string, method: string, filter: { _id: { $in: string[] } }) => {
    if (method === 'updateMany') moved.push(...filter._id.$in)
  })
  startSweep()
  const options = { retention, keepIds: 1, cancel: async () => {} }
  const adding = await openAdding(base, { ...kinds, validateData: () => [] }, options)
  const add = (count: number, key: string) =>
    adding.add(Array.from({ length: count }, () => ({ owner: 'alice', request: { kind: 'k', key } })))
  for (let i = 0; i < THOUSANDS; i += 1) await add(1000, 'a')
  await add(1, 'b')
  const ready = await until('one of each is ready', async () => {
    const found = await ids('ready')
    return found.length === 2 ? found : undefined
  })
  t.strictSame(moved.toSorted(), ready.toSorted())
})
