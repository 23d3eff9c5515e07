import { type TaskEventOf, toMessage, topics } from '@daybook/shared/events'
import { type ConsumerOptions, connectKafka, type IncomingMessage } from '@daybook/shared/kafka'
import { makeStack, silent, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { type Completions, openCompletions } from '../../src/projection/completion-store.ts'
import { projector, type UserDay } from '../../src/projection/projector.ts'
import { completed } from '../support/reporting.ts'

const DAY = '2026-03-10'

/** Makes writes of which the first two wait for `release`. `sizes` has the number of documents of each write that began. */
function heldWrites(completions: Completions) {
  const sizes: number[] = []
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const apply: Completions['apply'] = async documents => {
    await gates[sizes.push(documents.length) - 1]?.promise
    await completions.apply(documents)
  }
  const release = (...writes: number[]) => {
    for (const write of writes) gates[write]?.resolve()
  }
  return { sizes, release, completions: { ...completions, apply } }
}

/** Starts a projector whose first write waits, of a batch of partition 0. */
async function setUp(t: Test) {
  const { db, brokers, prefix } = await makeStack(t)
  const onCrash = (error: Error) => t.fail(error.message)
  const kafka = await connectKafka({
    brokers,
    prefix,
    service: 'test',
    topics: [topics.tasks],
    log: silent,
    onCrash,
  })
  t.teardown(() => kafka.close())
  const held = heldWrites(await openCompletions(db))
  const amended: UserDay[] = []
  const parked: { message: IncomingMessage; attempts: number }[] = []
  const options = projector({
    completions: held.completions,
    park: async (message, _error, attempts) => void parked.push({ message, attempts }),
    amend: async changes => void amended.push(...changes),
  })
  // The partitions of the batches that were handed over, each with the offsets of its messages.
  const handed: [number, ...bigint[]][] = []
  const handle: ConsumerOptions['handle'] = (messages, heartbeat) => {
    handed.push([messages[0]?.partition ?? -1, ...messages.map(({ offset }) => offset)])
    return options.handle(messages, heartbeat)
  }
  const publish = (partition: number, ...events: TaskEventOf<'TaskCompleted'>[]) =>
    kafka.publish(
      topics.tasks.name,
      events.map(event => ({ ...toMessage(event, event.data.userId), partition })),
    )
  await publish(0, completed('first', DAY))
  const consumer = await kafka.consume({ ...options, handle })
  t.teardown(consumer.stop)
  t.teardown(() => held.release(0, 1))
  await until('the first write begins', () => held.sizes.length === 1)
  return {
    db,
    publish,
    handed,
    held,
    amended,
    parked,
    committed: () => kafka.committedOffsets(options.group, topics.tasks.name),
  }
}

test('batches of other partitions that arrive during a write share the next one, and are committed after it', async t => {
  const { publish, handed, held, amended, committed } = await setUp(t)
  await publish(1, completed('alice', DAY), completed('alice', DAY))
  await publish(2, completed('bob', DAY))
  await until('all batches are handed over', () => handed.length === 3)
  t.strictSame(held.sizes, [1])

  const position = async () => {
    const offsets = await committed()
    return [0, 1, 2].map(partition => offsets.get(partition) ?? 0n)
  }
  held.release(0)
  await until('the first batch is committed', async () => (await position())[0] === 1n)
  t.strictSame(await position(), [1n, 0n, 0n], 'what a commit during the joint write leaves out')
  held.release(1)
  await until('all is committed', async () => String(await position()) === '1,2,1')
  t.strictSame(held.sizes, [1, 3])
  t.strictSame(amended.map(({ userId }) => userId).sort(), ['alice', 'alice', 'bob', 'first'])
})

test('when MongoDB refuses one document of a joint write, only its message is parked, and only its batch is repeated', async t => {
  const { db, publish, handed, held, parked, committed } = await setUp(t)
  // This index refuses a document whose notes are text.
  await db.collection('completions').createIndex({ notes: '2dsphere' })
  await publish(1, completed('alice', DAY), completed('alice', DAY))
  await publish(2, completed('bob', DAY), completed('bob', DAY, { notes: 'text' }), completed('bob', DAY))
  await publish(3, completed('carol', DAY))
  await until('all batches are handed over', () => handed.length === 4)
  held.release(0, 1)
  await until('all is committed', async () => {
    const offsets = await committed()
    return [1n, 2n, 3n, 1n].every((offset, partition) => offsets.get(partition) === offset)
  })
  t.equal(held.sizes[1], 6)
  t.match(parked, [{ message: { partition: 2, offset: 1n }, attempts: 5 }])
  t.equal(parked.length, 1)
  const stored = await db.collection('completions').find().toArray()
  t.strictSame(stored.map(({ userId }) => userId).sort(), ['alice', 'alice', 'bob', 'bob', 'carol', 'first'])
  const times = (wanted: number) => handed.filter(([partition]) => partition === wanted).length
  t.strictSame([times(0), times(1), times(3)], [1, 1, 1])
})
