import { randomBytes } from 'node:crypto'
import mongoose from 'mongoose'
import t, { type Test } from 'tap'
import type { DeadLetter } from '../../src/dead-letters/dead-letter-model.ts'
import { openBatchLetters, openDeadLetters } from '../../src/dead-letters/dead-letter-store.ts'
import { openLetterContents } from '../../src/dead-letters/letter-content-store.ts'
import { connectKafka, type Header, type IncomingMessage, type RecordBody } from '../../src/kafka/index.ts'
import { makeStack, type Stack, silent, until } from '../support/index.ts'

const group = 'some-group'
const bytes = (text: string) => Buffer.from(text)
const none = { key: null, value: null, headers: [] }
const nasty = [
  '_bsontype',
  '__proto__',
  'constructor',
  '$where',
  '$set',
  'a.b',
  'a\0b',
  '',
  'toString',
  '_id',
]
const names = [...nasty.map(bytes), Buffer.from([0xff, 0xfe]), Buffer.from([0xc3]), Buffer.alloc(40_000, 'n')]
const records: Record<string, RecordBody> = {
  'no key, headers or value': none,
  'empty bytes': { key: bytes(''), value: bytes(''), headers: [[bytes(''), bytes('')]] },
  'bytes that are no UTF-8': {
    key: Buffer.from([0xff, 0, 0xfe]),
    value: Buffer.from([0xe9, 0x80]),
    headers: [[bytes('h'), Buffer.from([0xff])]],
  },
  'any name of a header, in order, with repeats and nulls': {
    ...none,
    headers: [...names, ...names.toReversed()].flatMap((name): Header[] => [
      [name, null],
      [name, name],
    ]),
  },
  'as many headers as a record can have': {
    ...none,
    headers: Array.from({ length: 500_000 }, (): Header => [bytes(''), null]),
  },
  'as many bytes as a broker accepts': { ...none, value: randomBytes(1024 ** 2 - 100) },
  'more bytes than a document can hold': { ...none, value: Buffer.alloc(20 * 1024 ** 2, 'abc') },
}
const all = Object.entries(records)

/** Publishes records one at a time, and reads them again. */
async function sendAndRead(
  t: Test,
  stack: Stack,
  topic: string,
  sent: RecordBody[],
): Promise<IncomingMessage[]> {
  const topics = [{ name: topic, partitions: 1, settings: {} }]
  const onCrash = (error: Error) => void t.fail(error.message)
  const { brokers, prefix } = stack
  const kafka = await connectKafka({ brokers, service: 'test', prefix, topics, log: silent, onCrash })
  t.teardown(() => kafka.close())
  for (const body of sent)
    await kafka.publish(topic, [body], { compress: (body.value?.length ?? 0) > 2 * 1024 ** 2 })
  const seen: IncomingMessage[] = []
  const handle = async (messages: IncomingMessage[]) => void seen.push(...messages)
  const consumer = await kafka.consume({ group, topic, handle, park: async (_, error) => onCrash(error) })
  await until('all records are read', () => seen.length === sent.length)
  await consumer.stop()
  return seen
}

t.test('a record of any bytes is parked, and it is the same when it is sent again', async t => {
  const stack = await makeStack(t)
  const park = openDeadLetters(stack.db)(group)
  const contents = openLetterContents(stack.db)
  const letters = stack.db.collection<DeadLetter>('dead_letters')
  const came = await sendAndRead(
    t,
    stack,
    'nasty',
    all.map(([, body]) => body),
  )
  for (const message of came) await park(message, new Error('nasty'), 1)

  const parked = await letters.find({}).sort({ offset: 1 }).toArray()
  t.equal(parked.length, all.length)
  const restored: RecordBody[] = []
  for (const letter of parked) restored.push(await contents.read(letter))
  const again = await sendAndRead(t, stack, 'again', restored)
  for (const [i, [what, { key, value, headers }]] of all.entries()) {
    t.ok(isSame(again[i]?.key, key) && isSame(again[i]?.value, value), what)
    const found = again[i]?.headers ?? []
    t.equal(found.length, headers.length)
    t.ok(
      headers.every(([name, text], n) => isSame(found[n]?.[0], name) && isSame(found[n]?.[1], text)),
      what,
    )
  }
})

const isSame = (found: Buffer | null | undefined, wanted: Buffer | null) =>
  wanted === null ? found === null : Boolean(found?.equals(wanted))

t.test('a message that is too large for a document is stored once, even if it is parked twice', async t => {
  const stack = await makeStack(t)
  const park = openDeadLetters(stack.db)(group)
  const value = Buffer.alloc(20 * 1024 ** 2, 'abc')
  const message = { topic: 'nasty', partition: 0, offset: 7n, timestamp: 0, key: null, headers: [], value }
  await park(message, new Error('first'), 1)
  await park(message, new Error('second'), 1)
  const [letter, ...more] = await stack.db.collection<DeadLetter>('dead_letters').find({}).toArray()
  t.match(letter, { error: { message: 'first' }, chunks: 3 })
  t.equal(more.length, 0)
  t.equal(await stack.db.collection('dead_letter_chunks').countDocuments(), 3)
  await stack.db.collection<{ _id: string }>('dead_letter_chunks').deleteOne({ _id: `${letter?._id}#1` })
  const reading = openLetterContents(stack.db).read(letter as DeadLetter)
  await t.rejects(reading, { message: /some-group\/nasty\/0\/7#1 of dead_letter_chunks is missing/ })
})

t.test('an error with any text is stored, and its length is bounded', async t => {
  const stack = await makeStack(t)
  const message = { topic: 'nasty', partition: 0, offset: 7n, timestamp: 0, ...none }
  await openDeadLetters(stack.db)(group)(message, new Error(`\ud800\0${'x'.repeat(20_000_000)}`), 1)
  const [letter] = await stack.db.collection<DeadLetter>('dead_letters').find({}).toArray()
  t.equal(letter?.error.message, `\ufffd\0${'x'.repeat(1998)}…`)
})

t.test('a letter that an earlier version stored as texts can be read', async t => {
  const stack = await makeStack(t)
  const letters = stack.db.collection('dead_letters')
  const old = {
    ...{ group, topic: 'daybook.tasks', partition: 3, attempts: 1, parkedAt: new Date() },
    ...{ error: { name: 'Error', message: 'no JSON', stack: '' } },
  }
  const headers = { ce_type: 'TaskCreated', $where: '1', 'a.b': '2', '': 'é' }
  const value = new mongoose.mongo.Binary(Buffer.from([0xff]))
  await letters.insertMany([
    { ...old, _id: 'a', offset: '1', key: 'schlüssel', headers, value },
    { ...old, _id: 'b', offset: '2', key: null, headers: {}, value: null },
  ] as never[])
  const found = await letters.find({}).sort({ _id: 1 }).toArray()
  const contents = openLetterContents(stack.db)
  const [first, second] = await Promise.all(
    found.map(letter => contents.read(letter as unknown as DeadLetter)),
  )
  t.strictSame(first, {
    key: bytes('schlüssel'),
    headers: Object.entries(headers).map(([name, text]) => [bytes(name), bytes(text)]),
    value: Buffer.from([0xff]),
  })
  t.strictSame(second, none)
})

t.test('a batch that cannot be decoded is parked with all its bytes', async t => {
  const stack = await makeStack(t)
  const value = randomBytes(1000)
  const batch = { baseOffset: 7n, lastOffset: 9n, codec: 'zstd', reason: 'no zstd', bytes: value }
  await openBatchLetters(stack.db)({ group, topic: 'daybook.tasks', partition: 3 }, batch)
  const [letter] = await stack.db.collection<DeadLetter>('dead_letters').find({}).toArray()
  t.match(letter, {
    _id: 'some-group/daybook.tasks/3/7',
    ...{ group, topic: 'daybook.tasks', partition: 3, offset: '7' },
    batch: { lastOffset: '9', codec: 'zstd' },
    error: { message: 'no zstd' },
    attempts: 1,
  })
  t.strictSame(await openLetterContents(stack.db).read(letter as DeadLetter), { ...none, value })
})
