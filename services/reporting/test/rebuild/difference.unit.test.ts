import t from 'tap'
import { type Completion, project, type TakenBack } from '../../src/projection/completion.ts'
import { differencesOf } from '../../src/rebuild/difference.ts'
import { completed } from '../support/reporting.ts'

const DAY = '2026-06-01'
const document = project(completed('alice', DAY, { tags: ['home'] })) as Completion
const place = { userId: 'alice', day: DAY, timeZone: 'UTC' }

t.test('equal documents do not differ, in whatever order their fields are', async t => {
  t.strictSame(differencesOf(undefined, undefined), [])
  t.strictSame(differencesOf(document, structuredClone(document)), [])
  const reversed = Object.fromEntries(Object.entries(document).reverse()) as unknown as Completion
  t.strictSame(differencesOf(document, reversed), [])
})

t.test('where the event was read, and when, is no difference', async t => {
  const live = { ...document, at: '3/7', projectedAt: new Date('2026-06-01T12:00:00.000Z') }
  const rebuilt = { ...document, at: '3/9', projectedAt: new Date('2026-07-01T12:00:00.000Z') }
  t.strictSame(differencesOf(live, rebuilt), [])
  t.strictSame(differencesOf(document, rebuilt), [], 'of an earlier version')
})

t.test('a document that only one generation has is missing or extra', async t => {
  t.strictSame(differencesOf(undefined, document), [{ ...place, kind: 'missing', fields: [] }])
  t.strictSame(differencesOf(document, undefined), [{ ...place, kind: 'extra', fields: [] }])
})

t.test('the fields that differ are named, also those that only one document has', async t => {
  const { notes: _, ...withoutNotes } = document
  const live = { ...withoutNotes, tags: [], version: 1 } as unknown as Completion
  const fields = ['notes', 'tags', 'version']
  t.strictSame(differencesOf(live, document), [{ ...place, kind: 'changed', fields }])
  const back: TakenBack = { ...document, takenBack: true }
  t.match(differencesOf(back, document), [{ kind: 'changed', fields: ['takenBack'] }])
})

t.test("a document on another user's day is extra there, and missing on its own", async t => {
  for (const other of [{ userId: 'bob' }, { timeZone: 'Asia/Tokyo' }, { day: '2026-06-02' }])
    t.strictSame(differencesOf({ ...document, ...other }, document), [
      { ...place, ...other, kind: 'extra', fields: [] },
      { ...place, kind: 'missing', fields: [] },
    ])
})
