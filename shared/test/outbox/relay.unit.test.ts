import { type Test, test } from 'tap'
import { type Outbox, startRelay } from '../../src/outbox/index.ts'
import { silent, stopTime } from '../support/index.ts'

const outage = () => Object.assign(new Error('away'), { code: 'EIO' })
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

/** An outbox in memory. `before` is asked ahead of each publishing, and may throw. */
function setUp(
  t: Test,
  before: (call: number) => void | Promise<void> = () => undefined,
  left: number[] = [],
) {
  const steps: string[] = []
  const published: number[] = []
  const unmarked = new Set(left)
  const failures: Error[] = []
  let calls = 0
  const outbox: Outbox<number> = {
    async publish(events) {
      calls += 1
      await before(calls)
      published.push(...events)
      steps.push(`published ${events.length}`)
    },
    async markPublished(events) {
      steps.push(`marked ${events.length}`)
      for (const event of events) unmarked.delete(event)
    },
    leftBehind: async () => [...unmarked].slice(0, 1000),
  }
  const time = stopTime(t)
  const relay = startRelay(outbox, { log: silent, fail: error => failures.push(error), sweepEvery: 5000 })
  t.teardown(() => time.skipUntil(relay.stop()))
  return { relay, time, steps, published, unmarked, failures, outbox }
}

test('what is offered is published in order, then marked', async t => {
  const { relay, time, published, steps } = setUp(t)
  await time.pass(0)
  relay.offer([1, 2])
  relay.offer([3])
  await time.pass(0)
  t.strictSame(published, [1, 2, 3])
  t.strictSame(steps, ['published 3', 'marked 3'])
})

test('what an outage holds back is published again when it is over, and marked once', async t => {
  const { relay, time, published, steps } = setUp(t, call => {
    if (call <= 5) throw outage()
  })
  relay.offer([1, 2])
  for (let passed = 0; passed < 4000; passed += 100) await time.pass(100)
  t.strictSame(published, [1, 2])
  t.strictSame(steps, ['published 2', 'marked 2'])
})

test('what was left behind is swept at the start', async t => {
  const { unmarked, time, published } = setUp(t, undefined, [1, 2, 3])
  await time.pass(0)
  t.strictSame(published, [1, 2, 3])
  t.equal(unmarked.size, 0)
})

test('sweeps go on while more is left behind than one takes', async t => {
  const { time, published } = setUp(t, undefined, numbers(1, 2500))
  for (const _ of numbers(0, 5)) await time.pass(0)
  t.strictSame(published, numbers(1, 2500))
})

test('what is left behind later is swept at the next interval, not before', async t => {
  const { unmarked, time, published } = setUp(t)
  await time.pass(0)
  unmarked.add(7)
  await time.pass(4900)
  t.strictSame(published, [])
  await time.pass(200)
  t.strictSame(published, [7])
})

test('a flood is published in batches, and what the queue cannot hold is left to a sweep', async t => {
  const held = Promise.withResolvers<void>()
  const { relay, time, published, steps, unmarked } = setUp(t, call =>
    call === 1 ? held.promise : undefined,
  )
  await time.pass(0)
  relay.offer([0])
  await time.pass(0)
  for (const from of numbers(0, 12)) {
    const events = numbers(from * 1000 + 1, 1000)
    for (const event of events) unmarked.add(event)
    relay.offer(events)
  }
  held.resolve()
  for (const _ of numbers(0, 40)) await time.pass(0)
  // With the one under way, another thousand would be more than ten.
  t.strictSame(published, numbers(0, 9001), 'no more than ten thousand were in hand')
  t.ok(steps.every(step => Number(step.split(' ')[1]) <= 1000))
  await time.pass(5000)
  for (const _ of numbers(0, 5)) await time.pass(0)
  t.strictSame(published, numbers(0, 12_001), 'and the rest swept')
})

test('a stop publishes what is in hand', async t => {
  const { relay, time, published, steps } = setUp(t)
  await time.pass(0)
  relay.offer(numbers(1, 3000))
  await time.skipUntil(relay.stop())
  t.strictSame(published, numbers(1, 3000))
  t.equal(steps.at(-1), 'marked 1000')
})

test('a stop does not wait for an outage to end: what it holds back is left to the next start', async t => {
  const { relay, time, published, failures } = setUp(t, () => {
    throw outage()
  })
  relay.offer([1, 2])
  await time.pass(100)
  await relay.stop()
  t.strictSame(published, [])
  t.strictSame(failures, [])
})

test('a second stop waits for the same end', async t => {
  const { relay, time, published } = setUp(t)
  relay.offer([1])
  await time.skipUntil(Promise.all([relay.stop(), relay.stop()]))
  t.strictSame(published, [1])
})

test('a failure that is no outage ends the relay and is told once', async t => {
  const { relay, time, failures } = setUp(t, () => {
    throw new Error('broken')
  })
  relay.offer([1])
  await time.pass(0)
  t.match(failures, [{ message: 'broken' }])
  t.equal(failures.length, 1)
})
