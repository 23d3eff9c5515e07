import { type Test, test } from 'tap'
import { type Envelope, endOfDayEvent } from '../../src/events/index.ts'
import { collectionOf } from '../../src/mongo.ts'
import { embeddedOutbox, outboxEntries, outboxIndex, type WithOutbox } from '../../src/outbox/index.ts'
import { makeStack } from '../support/index.ts'

interface Schedule extends WithOutbox {
  state: string
}

const ended = (day: string) => endOfDayEvent(day, 'UTC', new Date(), 'end-of-day')
const [first, second, third] = [ended('2026-11-20'), ended('2026-11-21'), ended('2026-11-22')]

async function setUp(t: Test, documents: Schedule[]) {
  const { db } = await makeStack(t)
  const schedules = collectionOf<Schedule>(db, 'schedules')
  const { key, ...options } = outboxIndex
  await schedules.createIndex(key, options)
  await schedules.insertMany(documents)
  const published: Envelope[] = []
  const outbox = embeddedOutbox(schedules, async events => void published.push(...events))
  return { outbox, published, documents: () => schedules.find().sort({ _id: 1 }).toArray() }
}

test('what documents hold is left behind, in the order of each, and published as it is', async t => {
  const { outbox, published } = await setUp(t, [
    { _id: 'a', state: 'x', outbox: outboxEntries([first, second]) },
    { _id: 'b', state: 'x' },
    { _id: 'c', state: 'x', outbox: outboxEntries([third]) },
  ])
  const left = await outbox.leftBehind(-1000)
  t.strictSame(
    left.map(({ document }) => document),
    ['a', 'a', 'c'],
  )
  await outbox.publish(left)
  t.strictSame(published, [first, second, third])
})

test('what is marked leaves its document, and the outbox goes with the last event', async t => {
  const { outbox, documents } = await setUp(t, [
    { _id: 'a', state: 'x', outbox: outboxEntries([first, second]) },
    { _id: 'b', state: 'y', outbox: outboxEntries([third]) },
  ])
  await outbox.markPublished([
    { document: 'a', event: first },
    { document: 'b', event: third },
  ])
  t.match(await documents(), [
    { _id: 'a', state: 'x', outbox: [{ event: { id: second.id } }] },
    { _id: 'b', state: 'y', outbox: undefined },
  ])
  await outbox.markPublished([{ document: 'a', event: second }])
  await outbox.markPublished([{ document: 'a', event: second }])
  t.strictSame((await documents())[0], { _id: 'a', state: 'x' })
  t.strictSame(await outbox.leftBehind(-1000), [])
})

test('what was stored a moment ago is left to whoever has it in hand', async t => {
  const { outbox } = await setUp(t, [{ _id: 'a', state: 'x', outbox: outboxEntries([first]) }])
  t.strictSame(await outbox.leftBehind(60_000), [])
})

test('an id that looks like a field of the document is a text like any other', async t => {
  const odd = { ...first, id: '$state' }
  const { outbox, documents } = await setUp(t, [{ _id: 'a', state: 'x', outbox: outboxEntries([odd]) }])
  await outbox.markPublished([{ document: 'a', event: odd }])
  t.strictSame(await documents(), [{ _id: 'a', state: 'x' }])
})

test('of much that is left behind some whole documents are taken at a time, and the rest after these', async t => {
  const days = Array.from({ length: 400 }, (_, i) => endOfDayEvent(`${i}`, 'UTC', new Date(), 'end-of-day'))
  const names = ['a', 'b', 'c', 'd', 'e']
  const { outbox } = await setUp(
    t,
    names.map(_id => ({ _id, state: 'x', outbox: outboxEntries(days) })),
  )
  const left = await outbox.leftBehind(-1000)
  t.strictSame(
    [...Map.groupBy(left, ({ document }) => document)].map(([, events]) => events.length),
    [400, 400, 400],
  )
  await outbox.markPublished(left)
  t.equal((await outbox.leftBehind(-1000)).length, 800)
})
