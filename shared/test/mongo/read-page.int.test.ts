import { makeStack } from '@daybook/shared/testing'
import t from 'tap'
import { createIndexes, driverCollection, modelOf, schemaOf } from '../../src/mongo/model.ts'
import { readPage } from '../../src/mongo/read-page.ts'

interface Note {
  _id: string
  owner: string
  text: string
}

const schema = schemaOf<Note>({ owner: String, text: String })
schema.index({ owner: 1 }, { name: 'owner' })

t.test('a page', async t => {
  const { db } = await makeStack(t)
  const notes = modelOf<Note>(db, 'notes', schema)
  await createIndexes(notes)
  const store = (owner: string, count: number, text: string) =>
    driverCollection(notes).insertMany(
      Array.from({ length: count }, (_, i) => ({ _id: `${owner}${i}`, owner, text })),
    )
  const read = (owner: string, limit: number) =>
    readPage<Note, Pick<Note, 'text'>>(notes, {
      filter: { owner },
      projection: { _id: 0, text: 1 },
      sort: { owner: 1 },
      hint: 'owner',
      limit,
    })
  const openCursors = async () => {
    const stages = [{ $currentOp: { idleCursors: true } }, { $match: { ns: `${db.name}.notes` } }]
    return db.getClient().db('admin').aggregate(stages).toArray()
  }

  await t.test('has the wanted fields of all documents up to the limit', async t => {
    await store('few', 3, 'short')
    const all = Array.from({ length: 3 }, () => ({ text: 'short' }))
    t.strictSame(await read('few', 4), { documents: all, mayHaveMore: false })
    t.strictSame(await read('few', 2), { documents: all.slice(1), mayHaveMore: true })
    t.strictSame(await read('nobody', 2), { documents: [], mayHaveMore: false })
  })

  await t.test('that MongoDB ends at 16 MB says so, and leaves no cursor', async t => {
    await store('large', 20, 'x'.repeat(2 ** 20))
    const { documents, mayHaveMore } = await read('large', 100)
    t.ok(documents.length > 10 && documents.length < 20, `${documents.length} documents`)
    t.ok(mayHaveMore)
    t.strictSame(await openCursors(), [])
  })
})
