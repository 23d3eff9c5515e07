import { test } from 'tap'
import { mergeParts } from '../../../src/jobs/queries/merge-parts.ts'

const rows = (...ids: string[]) => ids.map(_id => ({ _id }))
const page = (ids: string[], after?: string) => ({ rows: rows(...ids), after })

test('the jobs of several indexes are in one descending order, each once', async t => {
  const parts = [{ rows: rows('e', 'b') }, { rows: rows('d', 'b', 'a') }]
  t.strictSame(mergeParts(parts, 10), page(['e', 'd', 'b', 'a']))
})

test('a page has at most as many jobs as were asked for, and continues after its last one', async t => {
  t.strictSame(mergeParts([{ rows: rows('e', 'd') }, { rows: rows('c') }], 2), page(['e', 'd'], 'd'))
  t.strictSame(mergeParts([{ rows: rows('e', 'd') }], 2), page(['e', 'd']))
})

test('a page ends where one index was not examined further', async t => {
  const parts = [{ rows: rows('f', 'c'), examinedTo: 'c' }, { rows: rows('e', 'd', 'b', 'a') }]
  t.strictSame(mergeParts(parts, 10), page(['f', 'e', 'd', 'c'], 'c'))
  const two = [
    { rows: rows('f'), examinedTo: 'b' },
    { rows: rows('e'), examinedTo: 'd' },
  ]
  t.strictSame(mergeParts(two, 10), page(['f', 'e'], 'd'), 'the one that was examined least far counts')
})

test('a page can be empty although jobs follow', async t => {
  t.strictSame(mergeParts([{ rows: [], examinedTo: 'c' }], 10), page([], 'c'))
  t.strictSame(mergeParts([], 10), page([]))
})
