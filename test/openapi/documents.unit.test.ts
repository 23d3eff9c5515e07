import { test } from 'tap'
import { documents, mediaOf, ofEachOperation } from './read-documents.ts'

test('every body of JSON is a schema with a name', t =>
  ofEachOperation(t, (operation, at, document) => {
    for (const [where, type, { schema }] of mediaOf(operation, document)) {
      if (/[/+]json/.test(type)) t.ok(schema.$ref, `${at} ${where} ${type}`)
    }
  }))

test('every operation has an id', t =>
  ofEachOperation(t, ({ operationId }, at) => {
    t.match(operationId, /^[a-z][A-Za-z]+$/, at)
  }))

test('no two operations of a service have one id', async t => {
  for (const [service, { paths }] of documents) {
    const ids = Object.values(paths).flatMap(path => Object.values(path).map(one => one.operationId))
    t.equal(new Set(ids).size, ids.length, service)
  }
})

test('the names of schemas are in PascalCase, and each has a schema', async t => {
  for (const document of documents.values()) {
    const { schemas } = document.components
    for (const name of Object.keys(schemas)) t.match(name, /^[A-Z][A-Za-z]+$/)
    const used = JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)
    const missing = [...used].map(([, name = '']) => name).filter(name => !(name in schemas))
    t.strictSame(missing, [])
  }
})
