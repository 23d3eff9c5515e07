import { mongo, Schema } from 'mongoose'
import { type Test, test } from 'tap'
import { endOfDayEvent } from '../../src/events/index.ts'
// It adds the rule that says which errors of MongoDB are an outage.
import '../../src/mongo/connect-mongo.ts'
import { absentArray, createIndexes, driverCollection, modelOf, schemaOf } from '../../src/mongo/model.ts'
import { outboxEntries, outboxField, outboxIndex, type WithOutbox } from '../../src/outbox/index.ts'
import { makeStack } from '../support/index.ts'

interface Note extends WithOutbox {
  text?: string
  at?: Date
  tags?: string[]
  any?: unknown
}

const noteSchema = schemaOf<Note>({
  text: String,
  at: Date,
  tags: { type: [String], ...absentArray },
  any: Schema.Types.Mixed,
  outbox: outboxField,
})
noteSchema.index({ text: 1, _id: -1 }, { name: 'by text' })
noteSchema.index(...outboxIndex)

async function setUp(t: Test) {
  const { db } = await makeStack(t)
  const notes = modelOf(db, 'notes', noteSchema)
  return { db, notes, stored: (_id: string) => driverCollection(notes).findOne({ _id }) }
}

test('a field that the schema does not name is refused, in a filter and in an update', async t => {
  const { notes, stored } = await setUp(t)
  const unknown = { colour: 'red' } as object
  const refused = /`colour` is not in schema|StrictModeError/
  const update = (change: object) => notes.updateOne({ _id: 'a' }, change, { upsert: true })
  await t.rejects(notes.find(unknown).lean(), /"colour" is not in schema/)
  await t.rejects(update({ $set: unknown }), refused)
  await t.rejects(update({ $push: { outbox: { $each: [{ ...unknown, storedAt: new Date() }] } } }), refused)
  t.equal(await stored('a'), null)
})

test('an upsert stores the given fields and no others', async t => {
  const { notes, stored } = await setUp(t)
  const fields = { text: 'x', at: new Date(5), tags: [], any: { empty: {}, none: null } }
  await notes.updateOne({ _id: 'a' }, { $set: fields }, { upsert: true })
  t.strictSame(await stored('a'), { _id: 'a', ...fields })
  await notes.updateOne({ _id: 'b' }, { $set: { text: 'x' } }, { upsert: true })
  t.strictSame(await stored('b'), { _id: 'b', text: 'x' })
  t.strictSame(await notes.findById('b').lean(), { _id: 'b', text: 'x' }, 'a lean read adds no field')
})

test('the outbox field stores the data of events unchanged', async t => {
  const { notes, stored } = await setUp(t)
  const data = { z: 1, a: {}, $set: { 'a.b': [[], {}, null] }, id: 'x', type: 'T' }
  const event = { ...endOfDayEvent('2026-11-20', 'UTC', new Date(), 'end-of-day'), data }
  const [entry] = outboxEntries([event])
  await notes.updateOne({ _id: 'a' }, { $push: { outbox: { $each: [entry] } } }, { upsert: true })
  t.equal(JSON.stringify(await stored('a')), JSON.stringify({ _id: 'a', outbox: [entry] }))
  t.match(await notes.find({ 'outbox.event.data.z': { $lte: 1 } }).lean(), [{ _id: 'a' }])
})

test('indexes have the keys and the names of the schema', async t => {
  const { notes } = await setUp(t)
  await createIndexes(notes)
  const indexes = await driverCollection(notes).indexes()
  t.strictSame(
    indexes.map(({ key, name, sparse = false }) => ({ key, name, sparse })),
    [
      { key: { _id: 1 }, name: '_id_', sparse: false },
      { key: { text: 1, _id: -1 }, name: 'by text', sparse: false },
      { key: { 'outbox.storedAt': 1 }, name: 'outbox', sparse: true },
    ],
  )
})

test('a collection has one model on a connection', async t => {
  const { db, notes } = await setUp(t)
  t.equal(modelOf(db, 'notes', noteSchema), notes)
})

test('a lost answer to the making of indexes is waited out', async t => {
  const { notes, db } = await setUp(t)
  const { collection } = notes
  const make = collection.createIndexes.bind(collection)
  let asked = 0
  t.teardown(() => Reflect.deleteProperty(collection, 'createIndexes'))
  collection.createIndexes = async indexes => {
    asked += 1
    if (asked === 1) throw new mongo.MongoNetworkTimeoutError('connection 1 timed out')
    return make(indexes)
  }
  await createIndexes(notes)
  t.equal(asked, 2)
  const names = (await db.collection('notes').indexes()).map(({ name }) => name)
  t.strictSame(names.sort(), ['_id_', 'by text', 'outbox'])
})
