import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import { openRuns } from '../src/runs.ts'

const day = '2026-11-22'
const timeZone = 'UTC'
const id = `${day}@${timeZone}`

async function setUp(t: Parameters<typeof makeStack>[0]) {
  const { db } = await makeStack(t)
  const runs = await openRuns(db)
  await runs.create([{ day, timeZone }])
  return runs
}

t.test('an empty run that is asked for again begins anew, without its old barriers', async t => {
  const runs = await setUp(t)
  await runs.update(id, 'closing', { $set: { state: 'writing', closingOffsets: { 0: '1' } } })
  t.ok(await runs.markEmpty(id))
  await runs.create([{ day, timeZone }])
  const [run] = await runs.find([id])
  t.match(run, { state: 'closing' })
  t.notHas(run, { closingOffsets: {} })
  await runs.removeEmpty(id)
  t.equal((await runs.find([id])).length, 1, 'it is not empty any more')
})

t.test('a run whose jobs are sent is never taken for empty', async t => {
  const runs = await setUp(t)
  await runs.update(id, 'closing', { $set: { state: 'writing', jobOffsets: { 0: '1' } } })
  t.notOk(await runs.markEmpty(id))
})

t.test('one owner at a time has a run, and sees it as it is now; a done run has none', async t => {
  const runs = await setUp(t)
  t.match(await runs.lease(id, 'one'), { _id: id, state: 'closing' })
  t.equal(await runs.lease(id, 'two'), undefined)
  await runs.release('one')
  t.match(await runs.lease(id, 'two'), { leaseOwner: 'two' })
  await runs.update(id, 'closing', { $set: { state: 'done' } })
  t.equal(await runs.lease(id, 'two'), undefined)
})
