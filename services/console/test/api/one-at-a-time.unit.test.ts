import t from 'tap'
import { oneAtATime } from '../../src/api/one-at-a-time.ts'

/** A reading that ends when the test says so. */
function makeReading() {
  const started: PromiseWithResolvers<void>[] = []
  const stop = new AbortController()
  const read = oneAtATime(() => {
    const reading = Promise.withResolvers<void>()
    started.push(reading)
    return reading.promise
  }, stop.signal)
  return { started, stop, read, turn: () => new Promise(resolve => setImmediate(resolve)) }
}

t.test('what is asked while a reading runs is one more reading after it', async t => {
  const { started, read, turn } = makeReading()
  read()
  for (let i = 0; i < 3; i += 1) read()
  t.equal(started.length, 1)
  started[0]?.resolve()
  await turn()
  t.equal(started.length, 2)
  started[1]?.resolve()
  await turn()
  t.equal(started.length, 2)
  read()
  t.equal(started.length, 3)
})

t.test('after its end nothing is read', async t => {
  const { started, stop, read, turn } = makeReading()
  read()
  read()
  stop.abort()
  started[0]?.resolve()
  await turn()
  t.equal(started.length, 1)
})
