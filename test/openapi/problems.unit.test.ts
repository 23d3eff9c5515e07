import { readFile } from 'node:fs/promises'
import { test } from 'tap'
import { documents, mediaOf, ofEachOperation, resolved } from './read-documents.ts'

/** The statuses of each code that REST answers have, as docs/errors.md lists them. */
async function listed(): Promise<Record<string, string[]>> {
  const page = await readFile(new URL('../../docs/errors.md', import.meta.url), 'utf8')
  const rows = page.matchAll(/^\| `(DAYBOOK_[A-Z_]+)` \| ([\d, ]+) \|/gm)
  // The gateway answers with it in place of a service, for all operations.
  const ofServices = [...rows].filter(([, code]) => code !== 'DAYBOOK_SERVICE_AWAY')
  return Object.fromEntries(ofServices.map(([, code = '', statuses = '']) => [code, statuses.split(', ')]))
}

test('the errors in the documents are those of docs/errors.md, with their statuses', async t => {
  const found: Record<string, Set<string>> = {}
  for (const document of documents.values()) {
    for (const operation of Object.values(document.paths).flatMap(path => Object.values(path))) {
      for (const [status, body] of Object.entries(operation.responses)) {
        const { examples = {} } = resolved(document, body).content?.['application/problem+json'] ?? {}
        for (const code of Object.keys(examples)) found[code] = (found[code] ?? new Set()).add(status)
      }
    }
  }
  const sorted = Object.fromEntries(
    Object.entries(found).map(([code, statuses]) => [code, [...statuses].sort()]),
  )
  t.strictSame(sorted, await listed())
})

test('the example of an error has its type and the status of its answer', t =>
  ofEachOperation(t, (operation, at, document) => {
    for (const [status, type, { examples }] of mediaOf(operation, document)) {
      if (type !== 'application/problem+json') continue
      for (const [code, { value }] of Object.entries(examples ?? {})) {
        const expected = { type: `urn:daybook:error:${code}`, status: Number(status) }
        t.match(value, expected, `${at} ${status} ${code}`)
      }
    }
  }))
