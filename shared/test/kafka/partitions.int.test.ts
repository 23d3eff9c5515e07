import kafkajs from 'kafkajs'
import { type Test, test } from 'tap'
import { hasPassed } from '../../src/kafka/index.ts'
import { type Stack, until } from '../support/index.ts'
import { collector, letter, openAdmin, openPort, setUp, single, texts } from './port.ts'

/** Adds partitions to the topic, as an operator does, and publishes to the last one before any member notices. */
async function addPartitions(t: Test, stack: Stack, count: number, value: string) {
  const topic = `${stack.prefix}letters`
  const admin = await openAdmin(t, stack)
  await admin.createPartitions({ topicPartitions: [{ topic, count }] })
  const producer = new kafkajs.Kafka({
    brokers: stack.brokers,
    logLevel: kafkajs.logLevel.NOTHING,
  }).producer()
  await producer.connect()
  t.teardown(() => producer.disconnect())
  await until('the new partition has a leader', async () => {
    await producer.send({ topic, messages: [{ key: 'k', value, partition: count - 1 }] })
    return true
  })
}

test('added partitions are read from their beginning, written to, and part of barriers', async t => {
  const { kafka, stack, crashes } = await setUp(t, { topics: [single] })
  const another = await openPort(t, stack, { topics: [] })
  const { seen, options } = collector()
  // Two members: only the leader can assign new partitions.
  const members = [await kafka.consume(options), await another.kafka.consume(options)]
  for (const member of members) t.teardown(member.stop)
  const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
  const publish = () =>
    kafka.publish(
      'letters',
      keys.map(key => letter(key)),
    )
  await publish()
  await until('both have joined', () => members.every(member => member.trouble() === undefined))

  await addPartitions(t, stack, 4, 'published before anybody noticed')
  const barrier = await kafka.endOffsets('letters')
  t.equal(barrier.get(3), 1n)
  const passed = async () => hasPassed(await kafka.committedOffsets(options.group, 'letters'), barrier)
  t.notOk(await passed())
  await until('it is passed', passed)
  t.ok(texts(seen).includes('published before anybody noticed'))

  const partitionsOf = (key: string) => new Set(seen.filter(m => String(m.key) === key).map(m => m.partition))
  await until('a key goes to a new partition', async () => {
    await publish()
    return keys.some(key => partitionsOf(key).size > 1)
  })
  t.strictSame(crashes, [])
})
