import { readFile } from 'node:fs/promises'
import { test } from 'tap'
import { catalogue, DaybookError } from '../../src/failures/errors.ts'

test('docs/errors.md lists every code of the catalogue, and no other', async t => {
  const page = await readFile(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
  const listed = [...page.matchAll(/^\| `(DAYBOOK_[A-Z_]+)` \|/gm)].map(([, code]) => code)
  t.strictSame(listed.toSorted(), Object.keys(catalogue).sort())
})

test('a code says its area and what happened', async t => {
  for (const code of Object.keys(catalogue)) t.match(code, /^DAYBOOK(_[A-Z]+){1,}$/)
})

test('an error keeps its code, its cause and its faults', async t => {
  const cause = new Error('why')
  const faults = [{ pointer: '/name', detail: 'is missing' }]
  const error = new DaybookError('DAYBOOK_REQUEST_INVALID', 'see errors', { cause, faults })
  t.match(error, {
    name: 'DaybookError',
    code: 'DAYBOOK_REQUEST_INVALID',
    message: 'see errors',
    cause,
    faults,
  })
  t.notOk('cause' in new DaybookError('DAYBOOK_INTERNAL', 'no cause'))
})
