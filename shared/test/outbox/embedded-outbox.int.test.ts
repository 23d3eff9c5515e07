import { type Test, test } from 'tap'
import { type Envelope, endOfDayEvent } from '../../src/events/index.ts'
import { embeddedOutbox, outboxEntries, outboxIndex, type WithOutbox } from '../../src/outbox/index.ts'
import { makeStack } from '../support/index.ts'

interface Schedule extends WithOutbox {
  state: string
}

const ended = (day: string) => endOfDayEvent(day, 'UTC', new Date(), 'end-of-day')
const [first, second, third] = [ended('2026-11-20'), ended('2026-11-21'), ended('2026-11-22')]

async function setUp(t: Test, documents: Schedule[]) {
  const { db } = await makeStack(t)
  const schedules = db.collection<Schedule>('schedules')
  await schedules.createIndex(...outboxIndex)
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
  const left = await outbox.leftBehind(-1000, 1000)
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
  t.strictSame(await outbox.leftBehind(-1000, 1000), [])
})

test('what was stored a moment ago is left to whoever has it in hand', async t => {
  const { outbox } = await setUp(t, [{ _id: 'a', state: 'x', outbox: outboxEntries([first]) }])
  t.strictSame(await outbox.leftBehind(60_000, 1000), [])
})

test('an id that looks like a field of the document is a text like any other', async t => {
  const odd = { ...first, id: '$state' }
  const { outbox, documents } = await setUp(t, [{ _id: 'a', state: 'x', outbox: outboxEntries([odd]) }])
  await outbox.markPublished([{ document: 'a', event: odd }])
  t.strictSame(await documents(), [{ _id: 'a', state: 'x' }])
})

test('of much that is left behind no more is taken at a time than is asked for, and the rest after it, in order', async t => {
  const eventsOf = (name: string) =>
    Array.from({ length: 400 }, (_, i) => endOfDayEvent(`${i}`, name, new Date(), 'end-of-day'))
  const stored = ['a', 'b', 'c', 'd', 'e'].map(_id => ({ _id, events: eventsOf(_id) }))
  const { outbox, published } = await setUp(
    t,
    stored.map(({ _id, events }) => ({ _id, state: 'x', outbox: outboxEntries(events) })),
  )
  const sizes: number[] = []
  for (let left = await outbox.leftBehind(-1000, 900); left.length > 0; ) {
    sizes.push(left.length)
    await outbox.publish(left)
    await outbox.markPublished(left)
    left = await outbox.leftBehind(-1000, 900)
  }
  t.strictSame(sizes, [900, 900, 200])
  const inTheirOrder = Map.groupBy(published, ({ data }) => (data as { timeZone: string }).timeZone)
  t.equal(published.length, 2000)
  for (const { _id, events } of stored) t.strictSame(inTheirOrder.get(_id), events)
})

test('an event goes out behind those of its document that nobody has published yet', async t => {
  const fourth = ended('2026-11-23')
  const { outbox, published, documents } = await setUp(t, [
    { _id: 'a', state: 'x', outbox: outboxEntries([first, second, third]) },
    { _id: 'b', state: 'y', outbox: outboxEntries([fourth]) },
  ])
  const given = [
    { document: 'b', event: fourth },
    { document: 'a', event: third },
  ]
  await outbox.publish(given)
  t.strictSame(published, [first, second, third, fourth])
  const waiting = (await documents()).map(({ outbox = [] }) => outbox.map(({ event }) => event))
  t.strictSame(waiting, [[], [fourth]], 'those before it are marked with it')
  await outbox.markPublished(given)
  await outbox.publish(given)
  t.strictSame(published.slice(4), [fourth, third], 'and do not go out again')
})

test('events that other processes stored between the given ones go out in between', async t => {
  const fourth = ended('2026-11-23')
  const { outbox, published, documents } = await setUp(t, [
    { _id: 'a', state: 'x', outbox: outboxEntries([first, second, third, fourth]) },
  ])
  await outbox.publish([
    { document: 'a', event: first },
    { document: 'a', event: third },
  ])
  t.strictSame(published, [first, second, third], 'what is behind them is left to whoever has it in hand')
  t.match(await documents(), [{ outbox: [{ event: { id: fourth.id } }] }], 'all three are marked')
})
