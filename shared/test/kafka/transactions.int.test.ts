import { type Test, test } from 'tap'
import { hasPassed, type KafkaPort } from '../../src/kafka/index.ts'
import { type Stack, type Transact, transactionsOn, until } from '../support/index.ts'
import { collector, deleteRecords, letter, setUp, single, texts } from './port.ts'

const openProducer = (t: Test, stack: Stack) => transactionsOn(t, stack, 'letters')

const aborted = (transaction: Transact, ...values: string[]) =>
  transaction(async (send, { abort }) => {
    await send(...values)
    await abort()
  })

/** Waits until the partition has the given end: the broker writes a transaction's marker after it answers the commit or abort. */
const barrierAt = (kafka: KafkaPort, offset: bigint) =>
  until(`the partition ends at ${offset}`, async () => {
    const barrier = await kafka.endOffsets('letters')
    return barrier.get(0) === offset && barrier
  })

async function consume(t: Test, kafka: KafkaPort) {
  const collected = collector()
  const consumer = await kafka.consume(collected.options)
  t.teardown(consumer.stop)
  const passes = async (barrier: Map<number, bigint>) =>
    hasPassed(await kafka.committedOffsets(collected.options.group, 'letters'), barrier)
  return { ...collected, passes }
}

test('a group passes aborted transactions at the end of a partition', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const transaction = await openProducer(t, stack)
  await kafka.publish('letters', [letter('k', 'ours')])
  const { seen, passes } = await consume(t, kafka)
  await until('ours is passed', async () => passes(await kafka.endOffsets('letters')))
  for (const n of [1, 2, 3]) {
    await aborted(transaction, `never ${n}`)
    // A record and the marker.
    const barrier = await barrierAt(kafka, BigInt(1 + 2 * n))
    await until(`the barrier ${n} is passed`, () => passes(barrier))
  }
  t.strictSame(texts(seen), ['ours'])
})

test('a new group passes a partition that holds only aborted transactions', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const transaction = await openProducer(t, stack)
  await aborted(transaction, 'never')
  await aborted(transaction, 'never', 'never')
  const barrier = await barrierAt(kafka, 5n)
  const { seen, passes } = await consume(t, kafka)
  await until('it is passed', () => passes(barrier))
  t.strictSame(seen, [])
})

test('a barrier includes an open transaction, and what others publish after it', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const [first, second] = [await openProducer(t, stack), await openProducer(t, stack)]
  await kafka.publish('letters', [letter('k', 'before')])
  const { seen, passes, reached } = await consume(t, kafka)
  await reached(1)
  const committed = await first(send => send('committed').then(() => undefined))
  const dropped = await second(send => send('aborted').then(() => undefined))
  await kafka.publish('letters', [letter('k', 'behind')])
  const barrier = await barrierAt(kafka, 4n)
  await dropped.abort()
  t.notOk(await passes(barrier), 'a transaction is still open')
  await committed.commit()
  await until('it is passed', () => passes(barrier))
  t.strictSame(texts(seen), ['before', 'committed', 'behind'])
})

test('no record of an aborted transaction is delivered when transactions overlap', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const [first, second, third] = [
    await openProducer(t, stack),
    await openProducer(t, stack),
    await openProducer(t, stack),
  ]
  // The broker lists aborted transactions by their end, so it lists the second before the first.
  await first(async (sendFirst, one) => {
    await sendFirst('first: never')
    await second(async (sendSecond, two) => {
      await sendSecond('second: never')
      await third(async (sendThird, three) => {
        // This key is the key of an abort marker.
        await sendSecond({ key: Buffer.alloc(4), value: 'second: never' }, 'second: never')
        await sendThird('third: yes')
        await three.commit()
      })
      await two.abort()
    })
    await sendFirst('first: never')
    await one.abort()
  })
  await first(async (send, { commit }) => {
    await send('first: yes')
    await commit()
  })
  await aborted(first, 'first: never')
  const barrier = await barrierAt(kafka, 13n)
  const { seen, passes } = await consume(t, kafka)
  await until('it is passed', () => passes(barrier))
  t.strictSame(texts(seen), ['third: yes', 'first: yes'])
})

test('no record of an aborted transaction is delivered to a group that begins in the middle of it', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const [first, second] = [await openProducer(t, stack), await openProducer(t, stack)]
  await first(async (sendFirst, one) => {
    await sendFirst('never')
    await second(async (sendSecond, two) => {
      await sendSecond('never')
      await sendFirst('never, and the consumer begins here')
      await sendSecond('never')
      await two.abort()
    })
    await one.abort()
  })
  await kafka.publish('letters', [letter('k', 'ours')])
  await deleteRecords(t, stack, '2')
  const { seen, reached } = await consume(t, kafka)
  await reached(1)
  t.strictSame(texts(seen), ['ours'])
})

test('a group without committed offsets passes a barrier when all records before it are deleted', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  await kafka.publish('letters', [letter('k', 'one'), letter('k', 'two')])
  const barrier = await kafka.endOffsets('letters')
  const { seen, options } = collector()
  t.notOk(hasPassed(await kafka.committedOffsets(options.group, 'letters'), barrier))
  await deleteRecords(t, stack, '2')
  t.ok(hasPassed(await kafka.committedOffsets(options.group, 'letters'), barrier))
  t.strictSame([...(await kafka.endOffsets('letters'))], [], 'the topic has no barrier any more')
  t.strictSame(seen, [])
})
