import { type TaskEventOf, toMessage, topics } from '@daybook/shared/events'
import { type ConsumerOptions, connectKafka } from '@daybook/shared/kafka'
import { makeStack, silent, until } from '@daybook/shared/testing'
import { type Test, test } from 'tap'
import { openCompletions } from '../../src/projection/completion-store.ts'
import { projector, type UserDay } from '../../src/projection/projector.ts'
import { completed, reopened } from '../support/reporting.ts'

const DAY = '2026-03-10'

async function setUp(t: Test) {
  const { db, brokers, prefix } = await makeStack(t)
  const connect = async () => {
    const onCrash = (error: Error) => t.fail(error.message)
    const options = { brokers, prefix, service: 'test', topics: [topics.tasks], log: silent, onCrash }
    const kafka = await connectKafka(options)
    t.teardown(() => kafka.close())
    return kafka
  }
  const completions = await openCompletions(db)
  const amended: UserDay[] = []
  const amend = async (changes: UserDay[]) => void amended.push(...changes)
  const park = async () => void t.fail('a message was parked')
  return { connect, completions, amended, options: projector({ completions, park, amend }) }
}

/** Makes a projector whose batches never get past the heartbeat after their documents are written. */
function heldAfterWriting(options: ConsumerOptions) {
  const written = new Set<number | undefined>()
  const handle: ConsumerOptions['handle'] = (messages, heartbeat) =>
    options.handle(messages, async () => {
      written.add(messages[0]?.partition)
      const interruption = () => heartbeat().catch((error: Error) => error)
      throw await until('the consumer is interrupted', async () => (await interruption()) ?? false)
    })
  return { written, options: { ...options, handle } }
}

test('batches of two partitions that a rebalance interrupts between their steps are handled again', async t => {
  const { connect, completions, amended, options } = await setUp(t)
  const [kafka, other] = [await connect(), await connect()]
  const publish = (partition: number, events: TaskEventOf<'TaskCompleted' | 'TaskReopened'>[]) =>
    kafka.publish(
      topics.tasks.name,
      events.map(event => ({ ...toMessage(event, event.data.userId), partition })),
    )
  const [kept, back] = [completed('alice', DAY, { name: 'kept' }), completed('alice', DAY, { name: 'back' })]
  const first = completed('bob', DAY, { name: 'first' })
  await publish(0, [kept, back, reopened(back)])
  await publish(1, [
    first,
    reopened(first),
    completed('bob', DAY, { ...first.data, sequence: 4, name: 'again' }),
  ])

  const held = heldAfterWriting(options)
  const member = await kafka.consume(held.options)
  t.teardown(member.stop)
  await until('both batches are written', () => held.written.size === 2)
  t.strictSame(amended, [])
  const joined = await other.consume(options)
  t.teardown(joined.stop)
  await member.stop()

  const namesOf = async (user: string) => (await completions.ofUser(user, DAY)).map(({ name }) => name)
  await until('both batches are amended', () => new Set(amended.map(({ userId }) => userId)).size === 2)
  t.strictSame([await namesOf('alice'), await namesOf('bob')], [['kept'], ['again']])
  await until('all is committed', async () => {
    const committed = await kafka.committedOffsets(options.group, topics.tasks.name)
    return committed.get(0) === 3n && committed.get(1) === 3n
  })
})
