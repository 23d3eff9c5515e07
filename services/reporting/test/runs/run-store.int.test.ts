import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import type { Run } from '../../src/runs/run.ts'
import { openRuns } from '../../src/runs/run-store.ts'

const day = '2026-11-22'
const timeZone = 'UTC'
const id = `${day}@${timeZone}`

async function setUp(t: Parameters<typeof makeStack>[0]) {
  const { db } = await makeStack(t)
  const runs = await openRuns(db)
  await runs.create([{ day, timeZone }])
  const read = async () => (await runs.find([id]))[0] as Run
  return { runs, read }
}

t.test('an empty run that is asked for again begins anew, without its old barriers', async t => {
  const { runs, read } = await setUp(t)
  await runs.update(await read(), { $set: { state: 'writing', closingOffsets: { 0: '1' } } })
  t.ok(await runs.update(await read(), { $set: { state: 'empty' } }))
  await runs.create([{ day, timeZone }])
  const run = await read()
  t.match(run, { state: 'closing' })
  t.notHas(run, { closingOffsets: {} })
  await runs.removeEmpty(id)
  t.equal((await runs.find([id])).length, 1, 'it is not empty any more')
})

t.test('a run is changed only as it was read: another process may have taken it further', async t => {
  const { runs, read } = await setUp(t)
  const old = await read()
  await runs.update(old, { $set: { closingOffsets: { 0: '1', 1: '9' } } })
  const noted = await read()
  t.notOk(await runs.update(old, { $set: { state: 'writing' } }), 'a barrier was noted')
  t.notOk(await runs.lease(old, 'one'))
  t.ok(await runs.update(noted, { $set: { state: 'writing' } }))
  t.notOk(await runs.update(noted, { $set: { state: 'writing' } }), 'the state is another')
  const writing = await read()
  await runs.update(writing, { $set: { jobOffsets: { 0: '1' } } })
  t.notOk(await runs.update(writing, { $set: { state: 'empty' } }), 'log requests were sent')
})

t.test('one owner at a time has a run, until it is taken further; a done run has none', async t => {
  const { runs, read } = await setUp(t)
  const run = await read()
  t.ok(await runs.lease(run, 'one'))
  t.ok(await runs.lease(run, 'one'), 'and can renew its lease')
  t.notOk(await runs.lease(run, 'two'))
  await runs.release('one')
  t.ok(await runs.lease(run, 'two'))
  await runs.update(run, { $set: { state: 'writing' } })
  const writing = await read()
  t.notHas(writing, { leaseOwner: '' })
  t.ok(await runs.lease(writing, 'one'))
  await runs.update(writing, { $set: { state: 'done' } })
  t.notOk(await runs.lease(writing, 'one'))
})
