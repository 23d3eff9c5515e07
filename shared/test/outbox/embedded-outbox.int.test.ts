import { type Test, test } from 'tap'
import { type Envelope, endOfDayEvent } from '../../src/events/index.ts'
import {
  embeddedOutbox,
  outboxEntries,
  outboxIndex,
  type WithOutbox,
  waitingEvents,
} from '../../src/outbox/index.ts'
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
  return { db, outbox, published, documents: () => schedules.find().sort({ _id: 1 }).toArray() }
}

test('the waiting events of documents are found in the order of each document and published unchanged', async t => {
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

test('marked events are removed, and the outbox field is removed with the last one', async t => {
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

test('a sweep does not find events that were just stored', async t => {
  const { outbox } = await setUp(t, [{ _id: 'a', state: 'x', outbox: outboxEntries([first]) }])
  t.strictSame(await outbox.leftBehind(60_000, 1000), [])
})

test('an id that looks like a field path is treated as text', async t => {
  const odd = { ...first, id: '$state' }
  const { outbox, documents } = await setUp(t, [{ _id: 'a', state: 'x', outbox: outboxEntries([odd]) }])
  await outbox.markPublished([{ document: 'a', event: odd }])
  t.strictSame(await documents(), [{ _id: 'a', state: 'x' }])
})

test('a large backlog is read in pages of the limit, in order', async t => {
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

test('an event is published after the earlier waiting events of its document', async t => {
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
  t.strictSame(waiting, [[], [fourth]], 'the earlier events are marked too')
  await outbox.markPublished(given)
  await outbox.publish(given)
  t.strictSame(published.slice(4), [fourth, third], 'the earlier events are not published again')
})

test('events that other processes stored between the given ones are published between them', async t => {
  const fourth = ended('2026-11-23')
  const { outbox, published, documents } = await setUp(t, [
    { _id: 'a', state: 'x', outbox: outboxEntries([first, second, third, fourth]) },
  ])
  await outbox.publish([
    { document: 'a', event: first },
    { document: 'a', event: third },
  ])
  t.strictSame(published, [first, second, third], 'later events are left to the process that stored them')
  t.match(await documents(), [{ outbox: [{ event: { id: fourth.id } }] }], 'all three are marked')
})

test('documents with events that have waited since before an instant are counted, with the oldest time', async t => {
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 12, minute))
  const { db } = await setUp(t, [
    { _id: 'a', state: 'x', outbox: [{ event: first, storedAt: at(3) }] },
    { _id: 'b', state: 'x' },
    {
      _id: 'c',
      state: 'x',
      outbox: [
        { event: second, storedAt: at(1) },
        { event: third, storedAt: at(9) },
      ],
    },
  ])
  const waiting = waitingEvents(db, 'schedules')
  t.strictSame(await waiting(at(5)), { count: 2, more: false, since: at(1) })
  t.strictSame(await waiting(at(2)), { count: 1, more: false, since: at(1) })
  t.equal(await waiting(at(1)), undefined)
})
