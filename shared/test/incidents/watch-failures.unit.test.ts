import mongoose from 'mongoose'
import { type Test, test } from 'tap'
import type { Failure, Teller } from '../../src/incidents/failure.ts'
import { watchFailures } from '../../src/incidents/watch-failures.ts'
import '../../src/mongo/connect-mongo.ts'
import { memoryLog, stopTime } from '../support/index.ts'

const failure = (subject: string, about = 'runs'): Failure => ({
  about,
  error: 'not done',
  subject,
  at: new Date(0),
})

/** A watch on failures that the test sets, and what it has told. */
async function makeWatch(t: Test) {
  const time = stopTime(t)
  const { log, lines } = memoryLog()
  const told: string[] = []
  const state: { failures: Failure[] | Error; trouble?: Error; hung?: Promise<void> } = { failures: [] }
  const tell = async (texts: string[]) => {
    await state.hung
    if (state.trouble !== undefined) throw state.trouble
    told.push(...texts)
  }
  const teller: Teller = {
    failed: failures => tell(failures.map(({ subject }) => subject)),
    over: topics => tell(topics.map(({ about }) => `${about} over`)),
  }
  const logged: string[] = []
  const find = async () => {
    if (state.failures instanceof Error) throw state.failures
    return state.failures
  }
  const logNew = ({ subject }: Failure) => void logged.push(subject)
  const watch = watchFailures({ abouts: ['runs', 'files'], find, logNew }, teller, { log })
  t.teardown(() => watch.stop())
  await time.pass(0)
  return {
    state,
    lines,
    logged,
    /** Lets one look pass. @returns what it told */
    look: async (ms = 10_000) => {
      await time.pass(ms)
      return told.splice(0)
    },
  }
}

test('a failure is told once, again when it comes back, and the end of a topic once', async t => {
  const { state, look, logged } = await makeWatch(t)
  state.failures = [failure('a')]
  t.strictSame(await look(), ['a', 'files over'])
  t.strictSame(await look(), [])
  state.failures = [failure('a'), failure('b'), failure('c', 'files')]
  t.strictSame(await look(), ['b', 'c'])
  state.failures = [{ ...failure('a'), error: 'waits for something else' }]
  t.strictSame(await look(), ['a', 'files over'])
  state.failures = []
  t.strictSame(await look(), ['runs over'])
  state.failures = [failure('a')]
  t.strictSame(await look(), ['a'])
  t.strictSame(logged, ['a', 'b', 'c', 'a', 'a'])
})

test('what could not be told during an outage is told later, and logged at once', async t => {
  const { state, look, lines, logged } = await makeWatch(t)
  const away = new mongoose.mongo.MongoNetworkError('away')
  state.trouble = away
  state.failures = [failure('a')]
  t.strictSame(await look(), [])
  state.failures = away
  t.strictSame(await look(), [])
  delete state.trouble
  state.failures = [failure('a'), failure('b')]
  t.strictSame(await look(), ['a', 'b', 'files over'])
  t.strictSame(lines, [], 'an outage is no error')
  state.trouble = new Error('a fault')
  state.failures = []
  await look()
  t.match(lines, [{ level: 50, err: { message: 'a fault' } }])
  const { promise, resolve } = Promise.withResolvers<void>()
  Object.assign(state, { trouble: undefined, hung: promise, failures: [failure('c')] })
  await look()
  state.failures = [failure('c'), failure('d')]
  t.strictSame(await look(), [], 'the teller hangs')
  t.strictSame(logged, ['a', 'b', 'c', 'd'])
  resolve()
  t.strictSame(await look(0), ['c'])
  t.strictSame(await look(), ['d'])
})

test('everything is told again after an hour', async t => {
  const { state, look } = await makeWatch(t)
  state.failures = [failure('a')]
  t.strictSame(await look(), ['a', 'files over'])
  const meanwhile: string[] = []
  for (let looks = 1; looks < 360; looks += 1) meanwhile.push(...(await look()))
  t.strictSame(meanwhile, [])
  t.strictSame(await look(), ['a', 'files over'])
})
