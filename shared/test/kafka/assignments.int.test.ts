import { test } from 'tap'
import type { IncomingMessage } from '../../src/kafka/index.ts'
import { until } from '../support/index.ts'
import { collector, deleteRecords, letter, letters, openPort, setUp, single, texts } from './port.ts'

const to = (partition: number, value: string) => ({ ...letter('k', value), partition })

/** Makes options whose handler keeps partition 0 busy, with heartbeats, until `release` is called. */
function slowZero(seen: IncomingMessage[]) {
  let released = false
  const release = () => {
    released = true
  }
  const started: string[] = []
  const handle = async (messages: IncomingMessage[], heartbeat: () => Promise<void>) => {
    if (messages[0]?.partition === 0) {
      started.push(...texts(messages))
      const beat = () =>
        heartbeat().then(
          () => released,
          (error: Error) => error,
        )
      const end = await until('it is released or interrupted', beat)
      if (end instanceof Error) throw end
    }
    seen.push(...messages)
  }
  return { handle, started, release }
}

test('a slow partition does not stop the others, and its offsets are committed when it is handled', async t => {
  const { kafka, crashes } = await setUp(t)
  const { seen, options, reached } = collector({ concurrentPartitions: 2 })
  const slow = slowZero(seen)
  await kafka.publish('letters', [to(0, 'slow')])
  const consumer = await kafka.consume({ ...options, handle: slow.handle })
  t.teardown(consumer.stop)
  await until('it is slow', () => slow.started.length > 0)
  await kafka.publish('letters', [to(0, 'next')])
  const committed = async () => Object.fromEntries(await kafka.committedOffsets(options.group, 'letters'))
  for (const n of [1, 2, 3]) {
    await kafka.publish('letters', [to(1, `b${n}`), to(2, `c${n}`)])
    await reached(2 * n)
  }
  await until('the others are committed', async () => {
    const { 1: one, 2: two } = await committed()
    return one === 3n && two === 3n
  })
  t.strictSame(slow.started, ['slow'])
  t.equal((await committed())[0], undefined)
  slow.release()
  await until('all is committed', async () => (await committed())[0] === 2n)
  t.strictSame(texts(seen.filter(({ partition }) => partition === 0)), ['slow', 'next'])
  t.strictSame(texts(seen.filter(({ partition }) => partition === 1)), ['b1', 'b2', 'b3'])
  t.strictSame(crashes, [])
})

test('stopping ends a slow partition at a heartbeat and commits what the others handled', async t => {
  const { kafka } = await setUp(t)
  const { seen, options, reached } = collector({ concurrentPartitions: 3 })
  const slow = slowZero(seen)
  await kafka.publish('letters', [to(0, 'slow'), to(1, 'b'), to(2, 'c')])
  const first = await kafka.consume({ ...options, handle: slow.handle })
  await until('all are in progress', () => slow.started.length > 0 && seen.length === 2)
  await first.stop()
  const committed = await kafka.committedOffsets(options.group, 'letters')
  t.strictSame(
    new Map([...committed].sort()),
    new Map([
      [1, 1n],
      [2, 1n],
    ]),
  )
  const second = await kafka.consume(options)
  t.teardown(second.stop)
  await reached(3)
  t.strictSame(texts(seen).sort(), ['b', 'c', 'slow'])
})

test('members learn their partitions before they handle messages of them, also while a partition is slow', async t => {
  const { kafka, stack, crashes } = await setUp(t)
  const another = await openPort(t, stack)
  const { seen, options } = collector({ concurrentPartitions: 3 })
  const slow = slowZero(seen)
  const member = () => {
    const assigned: number[][] = []
    const foreign: string[] = []
    const handle: typeof slow.handle = async (messages, heartbeat) => {
      const isOwn = assigned.at(-1)?.includes(messages[0]?.partition ?? -1)
      if (!isOwn) foreign.push(...texts(messages))
      await slow.handle(messages, heartbeat)
    }
    const onAssigned = (partitions: number[]) => void assigned.push(partitions)
    return { assigned, foreign, options: { ...options, handle, onAssigned } }
  }
  const [one, two] = [member(), member()]
  const first = await kafka.consume(one.options)
  t.teardown(first.stop)
  t.strictSame(one.assigned, [[0, 1, 2]])
  await kafka.publish('letters', [to(0, 'slow')])
  await until('it is slow', () => slow.started.length > 0)
  const second = await another.kafka.consume(two.options)
  await until('both have partitions', () => one.assigned.length > 1 && two.assigned.length > 0)
  t.strictSame([...(one.assigned.at(-1) ?? []), ...(two.assigned.at(-1) ?? [])].sort(), [0, 1, 2])
  await until('the slow message is delivered again', () => slow.started.length > 1)
  slow.release()
  await kafka.publish('letters', [to(1, 'b'), to(2, 'c')])
  await until('all are handled', () => new Set(texts(seen)).size === 3)
  await second.stop()
  await until('the first member has all', () => one.assigned.at(-1)?.length === 3)
  t.strictSame([one.foreign, two.foreign, crashes], [[], [], []])
})

test('a member without partitions learns that it has none, and each whether it is alone', async t => {
  const { kafka, stack } = await setUp(t, { topics: [single] })
  const another = await openPort(t, stack, { topics: [single] })
  const { options } = collector()
  const latest = new Map<string, number[]>()
  const alone = new Map<string, boolean>()
  for (const [name, port] of Object.entries({ one: kafka, two: another.kafka })) {
    const consumer = await port.consume({
      ...options,
      onAssigned(partitions, isAlone) {
        latest.set(name, partitions)
        alone.set(name, isAlone)
      },
    })
    t.teardown(consumer.stop)
    if (name === 'one') await until('it has one', () => latest.get(name)?.length === 1)
    if (name === 'one') t.equal(alone.get(name), true)
  }
  await until('one has none', () => `${[...latest.values()].flat()}` === '0' && latest.size === 2)
  await until('none is alone', () => `${[...alone.values()]}` === 'false,false')
})

test('a consumer that keeps no position reads all that is published after its start, also when it joins again', async t => {
  const { kafka, stack } = await setUp(t, { topics: [{ ...letters, partitions: 2 }] })
  const another = await openPort(t, stack, { topics: [] })
  const { seen, options, reached } = collector({ fromBeginning: false, keepsPosition: false })
  const assigned: number[][] = []
  await kafka.publish('letters', [to(0, 'old'), to(1, 'old')])
  const first = await kafka.consume({ ...options, onAssigned: partitions => void assigned.push(partitions) })
  t.teardown(first.stop)
  await kafka.publish('letters', [to(0, 'one'), to(1, 'one')])
  await reached(2)
  const second = await another.kafka.consume({ ...options, handle: async () => undefined })
  await until('they share', () => assigned.at(-1)?.length === 1 && second.trouble() === undefined)
  await kafka.publish('letters', [to(0, 'two'), to(1, 'two')])
  await reached(3)
  await second.stop()
  await reached(4)
  t.strictSame(texts(seen), ['one', 'one', 'two', 'two'])
  t.strictSame([...(await kafka.committedOffsets(options.group, 'letters'))], [])
  await first.stop()
  const again = await kafka.consume({ ...options, fromBeginning: true })
  t.teardown(again.stop)
  await reached(10)
})

test('a group that reads from the end continues after records that it lost', async t => {
  const { kafka, stack, crashes } = await setUp(t, { topics: [single] })
  const { seen, options, reached } = collector({ fromBeginning: false })
  const first = await kafka.consume(options)
  await until('it reads', async () => {
    await kafka.publish('letters', [letter('k', 'one')])
    return seen.length > 0
  })
  await first.stop()
  await kafka.publish('letters', [letter('k', 'two')])
  const end = (await kafka.endOffsets('letters')).get(0)
  await deleteRecords(t, stack, String(end))
  const second = await kafka.consume(options)
  t.teardown(second.stop)
  await until('it reads', async () => {
    await kafka.publish('letters', [letter('k', 'three')])
    return texts(seen).includes('three')
  })
  t.notOk(texts(seen).includes('two'))
  await reached(2)
  t.strictSame(crashes, [])
})
