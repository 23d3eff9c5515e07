import { Registry } from 'prom-client'
import { test } from 'tap'
import type { Lag } from '../../../src/kafka/index.ts'
import { kafkaMetrics } from '../../../src/process/kafka-metrics.ts'
import { until } from '../../support/index.ts'
import { collector, holdingCollector, letter, openPort, setUp } from '../port.ts'

test('a handler that hangs in one partition ends the process, although the other partitions go on', async t => {
  const { kafka, crashes } = await setUp(t, { stallMs: 500 })
  const hangs = Promise.withResolvers<void>()
  t.teardown(hangs.resolve)
  const { seen, options } = collector({ concurrentPartitions: 3 })
  const consumer = await kafka.consume({
    ...options,
    async handle(messages, heartbeat) {
      await options.handle(messages, heartbeat)
      if (messages[0]?.partition === 1) await hangs.promise
    },
  })
  t.teardown(() => {
    hangs.resolve()
    return consumer.stop()
  })
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  await until('it has ended', async () => {
    await kafka.publish(
      'letters',
      keys.map(key => letter(key)),
    )
    return crashes.length > 0
  })
  t.match(crashes[0], {
    code: 'DAYBOOK_KAFKA_CONSUMER_STALLED',
    message: /at offset 0 of letters\/1 for 0\.5 s/,
  })
  t.match(crashes[0]?.message, /FETCH [\d.]+ s/, 'the message has the last signs of life')
  t.ok(seen.filter(({ partition }) => partition !== 1).length > 0)
})

test('lag and position of each partition are metrics, until the consumer stops', async t => {
  const { kafka } = await setUp(t)
  const registry = new Registry()
  kafkaMetrics(registry, kafka)
  const shown = async () => (await registry.metrics()).split('\n').filter(line => line.startsWith('daybook'))
  t.strictSame(await shown(), [])
  const hangs = Promise.withResolvers<void>()
  const { seen, options } = collector({
    handle: async messages => {
      seen.push(...messages)
      await hangs.promise
    },
  })
  await kafka.publish('letters', [letter('a', '1'), letter('a', '2')])
  const consumer = await kafka.consume(options)
  await until('it has messages', () => seen.length > 0)
  const labels = `group="${options.group}",topic="letters",partition="${seen[0]?.partition}"`
  t.ok((await shown()).includes(`daybook_consumer_lag{${labels}} 2`))
  t.ok((await shown()).includes(`daybook_consumer_position{${labels}} 0`))
  t.equal((await shown()).length, 6, 'each partition has both')
  hangs.resolve()
  await until('it has handled them', async () =>
    (await shown()).includes(`daybook_consumer_lag{${labels}} 0`),
  )
  t.ok((await shown()).includes(`daybook_consumer_position{${labels}} 2`))
  t.match(
    consumer
      .measured()
      ?.lags.map(({ end }) => end)
      .toSorted(),
    [0n, 0n, 2n],
  )
  await consumer.stop()
  t.strictSame(await shown(), [])
})

test('each of two processes of a group tells how far the whole group is, and watches its own partitions', async t => {
  const { kafka, stack } = await setUp(t)
  const another = await openPort(t, stack)
  const { options, release } = holdingCollector()
  const assigned = new Map<number, readonly number[]>()
  const start = async (port: typeof kafka, process: number) => {
    const onAssigned = (partitions: readonly number[]) => void assigned.set(process, partitions)
    const consumer = await port.consume({ ...options, onAssigned })
    t.teardown(() => {
      release()
      return consumer.stop()
    })
    return consumer
  }
  const members = await Promise.all([start(kafka, 0), start(another.kafka, 1)])
  const all = () => [...assigned.values()].flat().toSorted().join()
  await until('both have partitions', () => assigned.size === 2 && all() === '0,1,2')
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const { places = [] } = await kafka.publish(
    'letters',
    keys.map(key => letter(key)),
  )
  const expected = [0, 1, 2].map(partition => places.filter(place => place?.partition === partition).length)
  t.ok(expected.every(count => count > 0))
  const lagOf = (lags: Lag[]) => lags.map(({ position, end }) => Number(end - position))

  for (const [process, member] of members.entries()) {
    await member.measure()
    const own = await member.measure()
    t.strictSame(own.map(({ partition }) => partition).toSorted(), assigned.get(process)?.toSorted())
    const { groupLags = [], lags } = member.measured() ?? {}
    t.strictSame(lags, own)
    const inOrder = groupLags.toSorted((one, other) => one.partition - other.partition)
    t.strictSame(lagOf(inOrder), expected)
    t.ok(groupLags.every(({ behindMs = 0 }) => behindMs > 0))
  }
})
