import { makeStack, type Stack } from '@daybook/shared/testing'
import mongoose from 'mongoose'
import { type Test, test } from 'tap'
import { forgetIdle } from '../../src/retention/forget-idle.ts'
import { openSchedules } from '../../src/schedules/schedule-store.ts'
import { makeScheduler, schedulesOf } from '../support/scheduler.ts'

/** Opens the schedules of a stack, and records the `find` commands that they send. */
async function recordFinds(t: Test, stack: Stack) {
  const db = await mongoose
    .createConnection(stack.env.MONGODB_URI ?? '', { dbName: stack.db.name, monitorCommands: true })
    .asPromise()
  t.teardown(() => db.close())
  const finds: mongoose.mongo.Document[] = []
  db.getClient().on('commandStarted', ({ commandName, command }) => {
    if (commandName === 'find') finds.push(command)
  })
  return { schedules: await openSchedules(db, [], new Date()), finds }
}

/** Returns the execution statistics of the only recorded query. */
async function explainOnly(stack: Stack, finds: mongoose.mongo.Document[]) {
  const [{ find, filter, sort, limit, projection } = {}, ...others] = finds
  if (others.length > 0) throw new Error(`expected one query, recorded ${finds.length}`)
  const query = { find, filter, limit, projection, ...(sort && { sort }) }
  return (await stack.db.db?.command({ explain: query, verbosity: 'executionStats' }))?.executionStats
}

test('a tick reads the due schedules only', async t => {
  const stack = await makeStack(t)
  const { put, tick, fired, get } = await makeScheduler(t, stack)
  const start = new Date(Date.now() - 30_000).toISOString()
  await put('s', { every: 'PT1H', start })
  const [made] = await schedulesOf(stack).find().toArray()
  const copies = Array.from({ length: 10_000 }, (_, i) => ({ ...made, _id: `s${i}` }))
  await schedulesOf(stack).insertMany(copies as never)
  await put('paused', { every: 'PT1H', paused: true })
  await put('over', { at: start })
  await tick()
  for (const name of ['due1', 'due2', 'due3']) await put(name, { at: start })

  const { schedules, finds } = await recordFinds(t, stack)
  finds.length = 0
  const due = await schedules.due(new Date())
  t.strictSame(due.map(({ _id }) => _id).sort(), ['due1', 'due2', 'due3'])
  t.notOk(
    due.some(schedule => 'changes' in schedule || 'outbox' in schedule),
    'the audit and the outbox are not read',
  )
  t.match(await explainOnly(stack, finds), { nReturned: 3, totalKeysExamined: 3, totalDocsExamined: 3 })

  finds.length = 0
  t.match(
    await forgetIdle(schedules, 1000, new Date()),
    { checked: 1 },
    'only the paused schedule is checked',
  )
  t.match(
    await explainOnly(stack, finds),
    { totalDocsExamined: 1 },
    'the ended schedule has events to publish, and is not read',
  )

  // When two thousand more schedules are due, each tick fires one page of them.
  const past = new Date(start)
  const many = { _id: { $regex: '^s1?\\d{1,3}$' } }
  await schedulesOf(stack).updateMany(many, { $set: { nextSlot: past, nextFireAt: past } })
  t.strictSame([await tick(), await tick(), await tick()], [true, true, false])
  t.equal(await schedulesOf(stack).countDocuments({ ...many, 'stats.fired': 1 }), 2000)
  t.equal((await fired('s999')).length, 1)
  t.match(await get('s999'), { nextSlot: made?.nextFireAt?.toISOString(), stats: { fired: 1, missed: 0 } })
})
