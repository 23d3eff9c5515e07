import { silent, stopTime } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { startQuiet, startUnlessQuiet } from '../../../src/jobs/stored/quiet.ts'

const EVERY_MS = 5000

/** A process with a loop of a turn a second. `store` answers whether there is work. */
function setUp(t: Test) {
  const { pass } = stopTime(t)
  const store = { ask: async () => false }
  const fail = (error: Error) => t.fail('it failed', { error })
  const quiet = startQuiet(() => store.ask(), { log: silent, fail })
  t.teardown(quiet.stop)
  let turns = 0
  const loop = startUnlessQuiet({ quiet, fail }, async () => {
    turns += 1
    return 1000
  })
  t.teardown(loop.stop)
  /** How many turns the loop takes in so many seconds. */
  async function turnsIn(seconds: number): Promise<number> {
    const before = turns
    await pass(0)
    for (let i = 0; i < seconds; i += 1) await pass(1000)
    return turns - before
  }
  return { quiet, store, pass, turnsIn }
}

test('a loop rests while the process is alone and the store has no work', async t => {
  const { quiet, pass, turnsIn } = setUp(t)
  await pass(EVERY_MS)
  t.notOk(quiet.isQuiet(), 'other processes may be there')
  quiet.noteAlone(true)
  await turnsIn(6)
  t.ok(quiet.isQuiet())
  t.equal(await turnsIn(60), 0)
  quiet.end()
  t.equal(await turnsIn(0), 1, 'it is woken')
})

test('another process ends the quiet', async t => {
  const { quiet, turnsIn } = setUp(t)
  quiet.noteAlone(true)
  await turnsIn(6)
  t.ok(quiet.isQuiet())
  quiet.noteAlone(false)
  t.equal(await turnsIn(0), 1)
  await turnsIn(6)
  t.notOk(quiet.isQuiet())
})

test('work that the store has keeps the process looking, also work that nobody told it of', async t => {
  const { quiet, store, turnsIn } = setUp(t)
  quiet.noteAlone(true)
  await turnsIn(6)
  t.ok(quiet.isQuiet())
  store.ask = async () => true
  await turnsIn(6)
  t.notOk(quiet.isQuiet())
  t.ok((await turnsIn(5)) > 1)
})

test('a job that is added while the store is asked ends the quiet, although the answer does not count it', async t => {
  const { quiet, store, pass, turnsIn } = setUp(t)
  await pass(0)
  const answer = Promise.withResolvers<boolean>()
  store.ask = () => answer.promise
  quiet.noteAlone(true)
  await turnsIn(6)
  quiet.end()
  answer.resolve(false)
  await pass(0)
  t.notOk(quiet.isQuiet())
})
