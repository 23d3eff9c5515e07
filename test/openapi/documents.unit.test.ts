import { type Test, test } from 'tap'
import { documentOf, type ServiceName, serviceNames } from '../../tools/openapi/documents.ts'

type Media = { schema: { $ref?: string } }
type Body = { content?: Record<string, Media> }
type Operation = { operationId?: string; requestBody?: Body; responses: Record<string, Body> }
type Document = {
  components: { schemas: Record<string, object> }
  paths: Record<string, Record<string, Operation>>
}

const documents = new Map<ServiceName, Document>()
for (const service of serviceNames) {
  documents.set(service, (await documentOf(service)) as unknown as Document)
}

/** Runs a check for each operation of each service. The check gets the operation, and its method and path. */
function ofEachOperation(title: string, check: (t: Test, operation: Operation, at: string) => void): void {
  test(title, async t => {
    for (const [service, { paths }] of documents) {
      for (const [path, operations] of Object.entries(paths)) {
        for (const [method, operation] of Object.entries(operations)) {
          check(t, operation, `${service}: ${method} ${path}`)
        }
      }
    }
  })
}

ofEachOperation('every body of JSON is a schema with a name', (t, { requestBody, responses }, at) => {
  for (const [where, { content = {} }] of Object.entries({ request: requestBody ?? {}, ...responses })) {
    for (const [type, { schema }] of Object.entries(content)) {
      if (type.includes('json') && !type.includes('ndjson')) t.ok(schema.$ref, `${at} ${where} ${type}`)
    }
  }
})

ofEachOperation('every operation has an id', (t, { operationId }, at) => {
  t.match(operationId, /^[a-z][A-Za-z]+$/, at)
})

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
    for (const [, name = ''] of used) t.ok(name in schemas, name)
  }
})
