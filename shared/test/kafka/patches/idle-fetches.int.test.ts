import { createRequire } from 'node:module'
import { setImmediate } from 'node:timers/promises'
import { type Test, test } from 'tap'
import { until } from '../../support/index.ts'
import { collector, letter, openPort, setUp, single, texts } from '../port.ts'

type Fetch = (request: { maxWaitTime: number }) => Promise<unknown>

const { prototype: broker } = createRequire(import.meta.url)('kafkajs/src/broker') as {
  prototype: { fetch: Fetch }
}

const AN_HOUR = 3_600_000

/**
 * Makes brokers wait an hour for records.
 * @returns how many fetches wait at brokers now
 */
function fetchForAnHour(t: Test): () => number {
  const send = broker.fetch
  let waiting = 0
  broker.fetch = async function (request) {
    // Other fetches are told not to wait.
    const maxWaitTime = request.maxWaitTime === 0 ? 0 : AN_HOUR
    waiting += 1
    try {
      return await send.call(this, { ...request, maxWaitTime })
    } finally {
      waiting -= 1
    }
  }
  t.teardown(() => {
    broker.fetch = send
  })
  return () => waiting
}

for (const concurrentPartitions of [1, 3])
  test(`a consumer stops while it fetches, and has committed: ${concurrentPartitions} at once`, async t => {
    const { kafka, crashes } = await setUp(t, { topics: [single] })
    const waiting = fetchForAnHour(t)
    const { seen, options, reached } = collector({ concurrentPartitions })
    const first = await kafka.consume(options)
    await kafka.publish('letters', [letter('k', 'one')])
    await reached(1)
    await until('it fetches', () => waiting() === 1)
    await first.stop()
    t.equal(waiting(), 0)
    const second = await kafka.consume(options)
    await kafka.publish('letters', [letter('k', 'two')])
    await reached(2)
    await second.stop()
    t.strictSame(texts(seen), ['one', 'two'])
    t.strictSame(crashes, [])
  })

test('a member that fetches keeps its membership, notices that another one joins, and both get new messages', async t => {
  const { kafka, stack, crashes } = await setUp(t)
  const another = await openPort(t, stack)
  const waiting = fetchForAnHour(t)
  const partitions = [0, 0]
  const { seen, options } = collector()
  const onAssigned = (member: number) => (assigned: number[]) => {
    partitions[member] = assigned.length
  }
  const first = await kafka.consume({ ...options, onAssigned: onAssigned(0) })
  t.teardown(first.stop)
  await until('it fetches', () => partitions[0] === 3 && waiting() === 1)
  const second = await another.kafka.consume({ ...options, onAssigned: onAssigned(1) })
  t.teardown(second.stop)
  await until('both fetch', () => waiting() === 2)
  t.strictSame(partitions.toSorted(), [1, 2])
  await kafka.publish(
    'letters',
    [0, 1, 2].map(partition => ({ ...letter('k', `${partition}`), partition })),
  )
  await until('all are handled', () => seen.length === 3)
  t.strictSame(texts(seen).toSorted(), ['0', '1', '2'])
  t.strictSame(crashes, [])
})

test('a consumer whose handler meets the end of its membership does not wait for its fetch', async t => {
  const { kafka, stack, crashes } = await setUp(t)
  const another = await openPort(t, stack)
  const waiting = fetchForAnHour(t)
  const { options, seen } = collector({ concurrentPartitions: 2 })
  const handle = async (messages: typeof seen, heartbeat: () => Promise<void>) => {
    const isFirst = seen.length === 0
    seen.push(...messages)
    // Until the group changes.
    for (; isFirst; await setImmediate()) await heartbeat()
  }
  const first = await kafka.consume({ ...options, handle })
  t.teardown(first.stop)
  await kafka.publish('letters', [{ ...letter('k', 'one'), partition: 0 }])
  await until('it handles, and fetches for other partitions', () => seen.length === 1 && waiting() === 1)
  const second = await another.kafka.consume({ ...options, handle })
  t.teardown(second.stop)
  await until('it is handled again', () => seen.length === 2)
  t.strictSame(crashes, [])
})
