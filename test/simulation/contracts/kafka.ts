import type { ConsumerOptions, IncomingMessage, KafkaPort, Topic } from '@daybook/shared/kafka'
import { until } from '@daybook/shared/testing'
import type { Test } from 'tap'
import type { Open } from './contract.ts'

/** Runs a case on a broker without topics. `open` connects one more process. Afterwards all consumers are stopped. */
export type WithBroker = (work: (open: Open<KafkaPort>) => Promise<void>) => Promise<void>

type Handle = ConsumerOptions['handle']

const topicOf = (partitions: number): Topic => ({ name: 'letters', partitions, settings: {} })
const to = (partition: number, value: string) => ({ key: 'k', value, headers: {}, partition })
const of = (key: string, value: string) => ({ key, value, headers: { ce_id: value } })
const texts = (messages: IncomingMessage[]) => messages.map(({ value }) => String(value))
const offsets = (of: ReadonlyMap<number, bigint>) => Object.fromEntries([...of].sort(([a], [b]) => a - b))

/** Opens a port to a broker with the topic `letters`. */
async function withLetters(open: Open<KafkaPort>, partitions: number): Promise<KafkaPort> {
  const kafka = await open()
  await kafka.createTopics([topicOf(partitions)])
  return kafka
}

/** Options of a consumer that collects what it handles and what it parks. */
function collector(overrides: Partial<ConsumerOptions> = {}) {
  const seen: IncomingMessage[] = []
  const parked: unknown[][] = []
  const options: ConsumerOptions = {
    group: 'readers',
    topic: 'letters',
    handle: async messages => void seen.push(...messages),
    park: async ({ offset }, error, attempts) => void parked.push([offset, error.message, attempts]),
    ...overrides,
  }
  return { seen, parked, options, reached: (n: number) => until(`${n} are handled`, () => seen.length >= n) }
}

/** A handler that sends heartbeats until it is released, or interrupted. */
function slow(seen: IncomingMessage[], isSlow: (message: IncomingMessage) => boolean) {
  let isReleased = false
  const started: string[] = []
  const interruptions: Error[] = []
  const handle: Handle = async (messages, heartbeat) => {
    const wait = () =>
      heartbeat().then(
        () => isReleased,
        (error: Error) => error,
      )
    if (messages.some(isSlow)) {
      started.push(...texts(messages))
      const end = await until('it is released or interrupted', wait)
      if (end instanceof Error) {
        interruptions.push(end)
        throw end
      }
    }
    seen.push(...messages)
  }
  const release = () => {
    isReleased = true
  }
  return { handle, started, interruptions, release }
}

/** What services rely on in a Kafka port and its broker. */
export function kafkaContract(t: Test, withBroker: WithBroker): void {
  const check = (title: string, work: (t: Test, open: Open<KafkaPort>) => Promise<void>) =>
    t.test(title, t => withBroker(open => work(t, open)))

  check('topics are created once', async (t, open) => {
    const kafka = await open()
    t.notOk(await kafka.hasTopic('letters'))
    await kafka.createTopics([topicOf(3), topicOf(1)])
    t.ok(await kafka.hasTopic('letters'))
    t.equal(await kafka.countPartitions('letters'), 3, 'of two with the same name the first counts')
    const another = await open()
    await another.createTopics([topicOf(5)])
    t.equal(await another.countPartitions('letters'), 3)
    t.strictSame(offsets(await kafka.endOffsets('letters')), {}, 'without its empty partitions')
  })

  check('a key has the partition of the Java client, and each partition its order', async (t, open) => {
    const kafka = await withLetters(open, 3)
    // murmur2('21') is -973932308, says a test of the Java client.
    const expected = (-973_932_308 & 0x7fffffff) % 3
    const other = (expected + 1) % 3
    await Promise.all([
      kafka.publish('letters', [of('21', 'a'), to(other, 'x'), of('21', 'b')]),
      kafka.publish('letters', [of('21', 'c'), to(other, 'y')]),
    ])
    t.strictSame(offsets(await kafka.endOffsets('letters')), { [expected]: 3n, [other]: 2n })
    await t.rejects(kafka.publish('letters', [to(3, 'z')]), { message: /has no partition 3/ })

    const { seen, options, reached } = collector()
    await kafka.consume(options)
    await reached(5)
    const read = seen.filter(({ partition }) => partition === expected)
    t.match(
      read,
      ['a', 'b', 'c'].map((value, i) => ({
        ...{ topic: 'letters', offset: BigInt(i), timestamp: Number },
        ...{ key: Buffer.from('21'), value: Buffer.from(value) },
        headers: [[Buffer.from('ce_id'), Buffer.from(value)]],
      })),
    )
    t.strictSame(texts(seen.filter(({ partition }) => partition === other)), ['x', 'y'])
  })

  check(
    'a stop waits for the handler, and the next member continues after what it handled',
    async (t, open) => {
      const kafka = await withLetters(open, 1)
      const { seen, options, reached } = collector()
      const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
      const handle: Handle = async messages => {
        begun.resolve()
        await held.promise
        seen.push(...messages)
      }
      const committed = async () => offsets(await kafka.committedOffsets('readers', 'letters'))
      t.strictSame(await committed(), {}, 'a group that nobody knows')
      await kafka.publish('letters', [to(0, 'one')])
      const first = await kafka.consume({ ...options, handle })
      await begun.promise
      t.strictSame(await committed(), {}, 'nothing is committed before it is handled')
      const stopped = first.stop().then(() => texts(seen))
      held.resolve()
      t.strictSame(await stopped, ['one'])
      t.strictSame(await committed(), { 0: 1n })
      t.strictSame(kafka.consumers(), [])

      await kafka.publish('letters', [to(0, 'two')])
      await (await open()).consume(options)
      await reached(2)
      t.strictSame(texts(seen), ['one', 'two'])
    },
  )

  check(
    'a member that stops at a heartbeat commits nothing, and the next one gets its messages',
    async (t, open) => {
      const kafka = await withLetters(open, 1)
      const { seen, parked, options, reached } = collector()
      const { handle, started, interruptions } = slow(seen, () => true)
      await kafka.publish('letters', [to(0, 'one'), to(0, 'two')])
      const first = await kafka.consume({ ...options, handle })
      await until('it is slow', () => started.length > 0)
      await first.stop()
      t.match(interruptions, [{ name: 'Interrupted' }])
      t.strictSame(offsets(await kafka.committedOffsets('readers', 'letters')), {})
      await (await open()).consume(options)
      await reached(2)
      t.strictSame(texts(seen), ['one', 'two'])
      t.strictSame(parked, [], 'an interruption is no failed attempt')
    },
  )

  check('a consumer without a position begins where it is told, at each start', async (t, open) => {
    const kafka = await withLetters(open, 1)
    await kafka.publish('letters', [to(0, 'old')])
    const late = collector({ group: 'late', fromBeginning: false, keepsPosition: false })
    await kafka.consume(late.options)
    await kafka.publish('letters', [to(0, 'new')])
    await late.reached(1)
    t.strictSame(texts(late.seen), ['new'], 'all that is published after its start')
    for (const start of [1, 2]) {
      const all = collector({ keepsPosition: false })
      const consumer = await kafka.consume(all.options)
      await all.reached(2)
      await consumer.stop()
      t.strictSame(texts(all.seen), ['old', 'new'], `start ${start}`)
    }
    for (const group of ['late', 'readers'])
      t.strictSame(offsets(await kafka.committedOffsets(group, 'letters')), {})
  })

  check(
    'members share the partitions, and no message is handled by two at the same time',
    async (t, open) => {
      const ports = [await withLetters(open, 3), await open()]
      const { seen, options } = collector({ concurrentPartitions: 3 })
      const stuck = slow(seen, ({ value }) => String(value) === 'stuck')
      const inHand = new Set<number>()
      const conflicts: number[] = []
      const members = ports.map(kafka => {
        const assigned: number[][] = []
        const alone: boolean[] = []
        const handle: Handle = async (messages, heartbeat) => {
          const partition = messages[0]?.partition ?? -1
          if (inHand.has(partition) || !assigned.at(-1)?.includes(partition)) conflicts.push(partition)
          inHand.add(partition)
          await stuck.handle(messages, heartbeat).finally(() => inHand.delete(partition))
        }
        const onAssigned = (partitions: number[], isAlone: boolean) => {
          assigned.push(partitions)
          alone.push(isAlone)
        }
        return { assigned, alone, join: () => kafka.consume({ ...options, handle, onAssigned }) }
      })
      const [one, two] = members as [(typeof members)[0], (typeof members)[0]]
      const publish = (value: string) =>
        ports[0]?.publish(
          'letters',
          [0, 1, 2].map(p => to(p, `${value}${p}`)),
        )
      const handled = (value: string) =>
        until(`${value} is handled`, () => [0, 1, 2].every(p => texts(seen).includes(`${value}${p}`)))

      await one.join()
      await until('one has all', () => `${one.assigned.at(-1)}` === '0,1,2' && one.alone.at(-1))
      await ports[0]?.publish('letters', [to(0, 'stuck')])
      await until('one is slow', () => stuck.started.length > 0)
      const second = await two.join()
      await until('they share', () => one.alone.at(-1) === false && two.alone.at(-1) === false)
      t.strictSame([...(one.assigned.at(-1) ?? []), ...(two.assigned.at(-1) ?? [])].sort(), [0, 1, 2])
      t.match(stuck.interruptions[0], { name: 'Interrupted' }, 'its heartbeat says that the group changes')
      stuck.release()
      await publish('a')
      await handled('a')
      await second.stop()
      await publish('b')
      await handled('b')
      t.equal(`${one.assigned.at(-1)}`, '0,1,2', 'the other takes over')
      t.strictSame(conflicts, [])
      for (const partition of [0, 1, 2]) {
        const own = new Set(texts(seen.filter(message => message.partition === partition)))
        t.strictSame([...own], [...(partition === 0 ? ['stuck'] : []), `a${partition}`, `b${partition}`])
      }
    },
  )

  check('a message that fails is tried again and parked, and the others go on', async (t, open) => {
    const kafka = await withLetters(open, 1)
    const { seen, parked, options, reached } = collector()
    const alone: string[] = []
    let isDown = true
    const handle: Handle = async messages => {
      if (isDown) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' })
      if (messages.length === 1) alone.push(...texts(messages))
      if (texts(messages).includes('bad')) throw new TypeError('no good')
      seen.push(...messages)
    }
    const values = ['one', 'bad', 'two', 'three']
    await kafka.publish(
      'letters',
      values.map(value => to(0, value)),
    )
    const consumer = await kafka.consume({ ...options, handle })
    await until('it waits', () => consumer.trouble() === 'waiting: the disk is full')
    isDown = false
    await reached(3)
    t.strictSame(texts(seen), ['one', 'two', 'three'])
    t.strictSame(parked, [[1n, 'no good', 5]], 'an outage is no failed attempt')
    t.equal(alone.filter(value => value === 'bad').length, 5)
    await until('all is committed', async () => {
      const committed = await kafka.committedOffsets('readers', 'letters')
      return committed.get(0) === 4n && consumer.trouble() === undefined
    })
  })

  check('a slow partition holds up no others if several are handled at the same time', async (t, open) => {
    const kafka = await withLetters(open, 3)
    const { seen, options, reached } = collector({ concurrentPartitions: 2 })
    const { handle, started, release } = slow(seen, ({ value }) => String(value) === 'slow')
    await kafka.publish('letters', [to(0, 'slow')])
    await kafka.consume({ ...options, handle })
    await until('it is slow', () => started.length > 0)
    await kafka.publish('letters', [to(0, 'next')])
    for (const n of [1, 2]) {
      await kafka.publish('letters', [to(1, `b${n}`), to(2, `c${n}`)])
      await reached(2 * n)
    }
    const committed = async () => offsets(await kafka.committedOffsets('readers', 'letters'))
    await until('the others are committed', async () => {
      const { 1: one, 2: two } = await committed()
      return one === 2n && two === 2n
    })
    t.equal((await committed())[0], undefined)
    release()
    await until('all is committed', async () => (await committed())[0] === 2n)
    for (const [partition, values] of [
      ['slow', 'next'],
      ['b1', 'b2'],
      ['c1', 'c2'],
    ].entries())
      t.strictSame(texts(seen.filter(message => message.partition === partition)), values)
  })
}
