import type { mongo } from 'mongoose'
import { type Test, test } from 'tap'
import { duplicatesIn, isDuplicateKey } from '../../src/mongo/duplicate-keys.ts'
import { putNewer } from '../../src/mongo/put-newer.ts'
import { makeStack } from '../support/index.ts'

interface Note {
  _id: string
  version: number
  text: string
}

const note = (_id: string, version: number): Note => ({ _id, version, text: `version ${version}` })

async function setUp(t: Test) {
  const { db } = await makeStack(t)
  const notes = db.collection<Note>('notes')
  const versions = async () => {
    const found = await notes.find().sort({ _id: 1 }).toArray()
    for (const { version, text } of found) t.equal(text, `version ${version}`)
    return found.map(({ _id, version }) => `${_id}${version}`)
  }
  return { notes, versions }
}

/** Makes a collection whose connection breaks when MongoDB has inserted the first document of a list. */
function breaking(notes: mongo.Collection<Note>): mongo.Collection<Note> {
  const insertMany = async ([first]: Note[]) => {
    await notes.insertOne(first as Note)
    throw new Error('the connection broke')
  }
  return Object.assign(Object.create(notes), { insertMany })
}

test('a document is inserted, then replaced by newer versions', async t => {
  const { notes, versions } = await setUp(t)
  await putNewer(notes, [note('a', 1), note('b', 4)])
  await putNewer(notes, [note('a', 2), note('b', 5)])
  t.strictSame(await versions(), ['a2', 'b5'])
})

test('an older or equal version never overwrites a document', async t => {
  const { notes, versions } = await setUp(t)
  await putNewer(notes, [note('a', 3)])
  await putNewer(notes, [note('a', 2)])
  await putNewer(notes, [{ ...note('a', 3), text: 'another' }])
  t.strictSame(await versions(), ['a3'])
})

test('a refused document does not stop the others', async t => {
  const { notes, versions } = await setUp(t)
  await putNewer(notes, [note('b', 9)])
  await putNewer(notes, [note('a', 1), note('b', 8), note('c', 1)])
  t.strictSame(await versions(), ['a1', 'b9', 'c1'])
})

test('of several versions of a document in one call the newest stays, in any order', async t => {
  const { notes, versions } = await setUp(t)
  await putNewer(notes, [note('a', 1), note('a', 3), note('a', 2), note('b', 2), note('b', 1)])
  t.strictSame(await versions(), ['a3', 'b2'])
})

test('an empty list writes nothing', async t => {
  const { notes, versions } = await setUp(t)
  await putNewer(notes, [])
  t.strictSame(await versions(), [])
})

test('the newest version of simultaneous writers stays', async t => {
  const { notes, versions } = await setUp(t)
  const ids = Array.from({ length: 20 }, (_, i) => `${String.fromCharCode(97 + i)}`)
  // Every writer tries to insert the same documents, so most inserts meet a document of another writer.
  const writers = [3, 1, 5, 2, 4].map(version =>
    putNewer(
      notes,
      ids.map(id => note(id, version)),
    ),
  )
  await Promise.all(writers)
  t.strictSame(
    await versions(),
    ids.map(id => `${id}5`),
  )
})

test('an error other than a duplicate key is thrown', async t => {
  const { notes } = await setUp(t)
  const impossible = { ...note('b', 1), _id: ['no', 'list'] as never }
  await t.rejects(putNewer(notes, [note('a', 1), impossible]), { name: 'MongoBulkWriteError' })
})

test('after an outage within a write, writing again completes it', async t => {
  const { notes, versions } = await setUp(t)
  await putNewer(notes, [note('a', 1), note('c', 7)])
  const changes = [note('b', 1), note('a', 2), note('c', 6), note('d', 1)]
  await t.rejects(putNewer(breaking(notes), changes), { message: 'the connection broke' })
  t.strictSame(await versions(), ['a1', 'b1', 'c7'])
  await putNewer(notes, changes)
  t.strictSame(await versions(), ['a2', 'b1', 'c7', 'd1'])
})

test('duplicate keys are distinguished from other errors', async t => {
  const { notes } = await setUp(t)
  await notes.insertOne(note('b', 1))
  const error = await notes
    .insertMany([note('a', 1), note('b', 1), note('c', 1)], { ordered: false })
    .catch(e => e)
  t.strictSame(duplicatesIn(error), [1])
  t.ok(isDuplicateKey(await notes.insertOne(note('b', 1)).catch(e => e)))
  t.notOk(isDuplicateKey(new Error('E11000')))
  t.throws(() => duplicatesIn(new Error('E11000')), { message: 'E11000' })
})
