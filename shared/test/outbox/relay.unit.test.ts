import { type Test, test } from 'tap'
import { type Outbox, startRelay } from '../../src/outbox/index.ts'
import { silent, stopTime } from '../support/index.ts'

const outage = () => Object.assign(new Error('away'), { code: 'EIO' })
const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

interface Options {
  /** Called before each publishing. An error that it throws makes the publishing fail. */
  before?: (call: number) => void | Promise<void>
  /** The events that are in the store at the start, and old enough for a sweep. */
  left?: number[]
  maySweep?: () => Promise<boolean>
}

/** A relay over an outbox in memory. */
function setUp(t: Test, { before = () => undefined, left = [], maySweep = async () => true }: Options = {}) {
  const steps: string[] = []
  const published: number[] = []
  const failures: Error[] = []
  const time = stopTime(t)
  const storedAt = new Map(left.map(event => [event, 0]))
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
      for (const event of events) storedAt.delete(event)
    },
    async leftBehind(age, limit) {
      const old = [...storedAt].filter(([, at]) => at <= Date.now() - age).slice(0, limit)
      return old.map(([event]) => event)
    },
  }
  const fail = (error: Error) => failures.push(error)
  const relay = startRelay(outbox, { log: silent, fail, maySweep, sweepEvery: 5000 })
  t.teardown(() => time.skipUntil(relay.stop()))
  /** Stores events, then offers them to the relay. */
  const store = (events: number[]) => {
    for (const event of events) storedAt.set(event, Date.now())
    relay.offer(events)
  }
  return { relay, store, time, steps, published, storedAt, failures }
}

test('offered events are published in order, then marked', async t => {
  const { relay, time, published, steps } = setUp(t)
  await time.pass(0)
  relay.offer([1, 2])
  relay.offer([3])
  await time.pass(0)
  t.strictSame(published, [1, 2, 3])
  t.strictSame(steps, ['published 3', 'marked 3'])
})

test('events that are offered within 10 ms of a publishing share the next one', async t => {
  const { relay, time, steps } = setUp(t)
  await time.pass(0)
  relay.offer([1])
  await time.pass(0)
  relay.offer([2])
  await time.pass(9)
  relay.offer([3])
  await time.pass(0)
  t.strictSame(steps, ['published 1', 'marked 1'])
  await time.pass(1)
  t.strictSame(steps.slice(2), ['published 2', 'marked 2'])
})

test('events are published again after an outage and marked once', async t => {
  const { relay, time, published, steps } = setUp(t, {
    before: call => {
      if (call <= 5) throw outage()
    },
  })
  relay.offer([1, 2])
  for (let passed = 0; passed < 4000; passed += 100) await time.pass(100)
  t.strictSame(published, [1, 2])
  t.strictSame(steps, ['published 2', 'marked 2'])
})

test('the first sweep runs at the start', async t => {
  const { storedAt, time, published } = setUp(t, { left: [1, 2, 3] })
  await time.pass(0)
  t.strictSame(published, [1, 2, 3])
  t.equal(storedAt.size, 0)
})

test('after a full page the next sweep follows at once', async t => {
  const { time, published } = setUp(t, { left: numbers(1, 2500) })
  for (const _ of numbers(0, 5)) await time.pass(0)
  t.strictSame(published, numbers(1, 2500))
})

test('events that are left behind later are swept at the next interval, not earlier', async t => {
  const { storedAt, time, published } = setUp(t)
  await time.pass(0)
  storedAt.set(7, 0)
  await time.pass(4900)
  t.strictSame(published, [])
  await time.pass(200)
  t.strictSame(published, [7])
})

test('sweeps become rarer while nothing is to be published, and frequent again with the next event', async t => {
  const { storedAt, store, time, published } = setUp(t)
  for (let passed = 0; passed < 120; passed += 1) await time.pass(1000)
  const sweptWithin = async (event: number, seconds: number) => {
    storedAt.set(event, 0)
    for (let passed = 0; passed < seconds; passed += 1) await time.pass(1000)
    return published.includes(event)
  }
  t.notOk(await sweptWithin(1, 5), 'a sweep is rarer than every 5 s')
  t.ok(await sweptWithin(1, 30))
  for (let passed = 0; passed < 120; passed += 1) await time.pass(1000)
  store([2])
  await time.pass(0)
  t.strictSame(published, [1, 2])
  t.ok(await sweptWithin(3, 6))
})

test('after an overflow of the queue all events are published page by page, in order and once, while more arrive', async t => {
  const held = Promise.withResolvers<void>()
  const { store, time, published, storedAt, steps } = setUp(t, {
    before: call => (call === 1 ? held.promise : undefined),
  })
  await time.pass(0)
  store([0])
  await time.pass(0)
  for (const from of numbers(0, 42)) store(numbers(from * 1000 + 1, 1000))
  held.resolve()
  for (const from of numbers(0, 80)) {
    store(numbers(42_001 + from * 100, 100))
    await time.pass(0)
  }
  // Events that were stored while the last page was published are swept when they are old enough.
  await time.pass(5000)
  while (storedAt.size > 0) await time.pass(0)
  t.strictSame(published, numbers(0, 50_001))
  t.ok(steps.every(step => Number(step.split(' ')[1]) <= 1000))
})

test('after sweeps have caught up, offered events are published without a sweep', async t => {
  const { store, time, published, storedAt, steps, relay } = setUp(t)
  await time.pass(0)
  store(numbers(1, 6000))
  while (storedAt.size > 0) await time.pass(0)
  await time.pass(0)
  steps.length = 0
  relay.offer([6001])
  await time.pass(0)
  t.strictSame(steps, ['published 1', 'marked 1'])
  t.strictSame(published, numbers(1, 6001))
})

test('a long sweep does not delay offered events', async t => {
  const held = Promise.withResolvers<void>()
  const { relay, time, published } = setUp(t, {
    left: numbers(1, 20_000),
    before: call => (call === 1 ? held.promise : undefined),
  })
  await time.pass(0)
  relay.offer([0])
  held.resolve()
  await time.pass(0)
  await time.pass(0)
  t.ok(published.indexOf(0) > 0 && published.indexOf(0) <= 2000)
})

test('while a backlog is published, half as many new events may be stored', async t => {
  const turn = { next: Promise.withResolvers<void>() }
  const { relay, time } = setUp(t, { left: numbers(1, 20_000), before: () => turn.next.promise })
  const published = async () => {
    turn.next.resolve()
    turn.next = Promise.withResolvers()
    await time.pass(0)
  }
  let stored = 0
  const storing = async () => {
    for (; stored < 5000; stored += 100) await relay.pace(100)
  }
  await time.pass(0)
  await relay.pace(300)
  await published()
  const all = storing()
  await time.pass(0)
  t.equal(stored, 500)
  await published()
  t.equal(stored, 1000)
  await time.pass(999)
  t.equal(stored, 1000)
  await time.pass(1)
  t.equal(stored, 5000, 'nothing waits for a relay that makes no progress')
  await all
  turn.next.resolve()
})

test('without the lease a process publishes offered events only', async t => {
  let isFree = false
  const { relay, store, time, published, storedAt } = setUp(t, {
    left: numbers(1, 3000),
    maySweep: async () => isFree,
  })
  await time.pass(0)
  relay.offer([0])
  await time.pass(0)
  t.strictSame(published, [0])
  store(numbers(3001, 6000))
  await time.pass(0)
  relay.offer([9001])
  await time.pass(10)
  t.strictSame(published, [0, 9001], 'after an overflow, events are left to the process with the lease')
  isFree = true
  await time.pass(5000)
  while (storedAt.size > 0) await time.pass(0)
  t.strictSame(published.slice(2), numbers(1, 9000))
})

test('a stop publishes the queue', async t => {
  const { relay, time, published, steps } = setUp(t)
  await time.pass(0)
  relay.offer(numbers(1, 3000))
  await time.skipUntil(relay.stop())
  t.strictSame(published, numbers(1, 3000))
  t.equal(steps.at(-1), 'marked 1000')
})

test('a stop during an outage does not wait and leaves the events to the next start', async t => {
  const { relay, time, published, failures } = setUp(t, {
    before: () => {
      throw outage()
    },
  })
  relay.offer([1, 2])
  await time.pass(100)
  await relay.stop()
  t.strictSame(published, [])
  t.strictSame(failures, [])
})

test('a second stop waits for the first', async t => {
  const { relay, time, published } = setUp(t)
  relay.offer([1])
  await time.skipUntil(Promise.all([relay.stop(), relay.stop()]))
  t.strictSame(published, [1])
})

test('a failure other than an outage ends the relay and is reported once', async t => {
  const { relay, time, failures } = setUp(t, {
    before: () => {
      throw new Error('broken')
    },
  })
  relay.offer([1])
  await time.pass(0)
  t.match(failures, [{ message: 'broken' }])
  t.equal(failures.length, 1)
})
