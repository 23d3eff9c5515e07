import { test } from 'tap'
import { makeDataValidator } from '../../../src/jobs/kinds/data-faults.ts'
import { defaultKind } from '../../../src/jobs/kinds/kind.ts'

const kind = (schema?: object, version = 1) => ({
  ...defaultKind,
  name: 'invoice',
  version,
  ...(schema ? { schema } : {}),
})

test('data is validated by the schema that the kind has now', t => {
  const faultsOf = makeDataValidator()
  t.strictSame(faultsOf(kind(), 'anything'), [])
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'invoice',
    type: 'object',
    required: ['n/o'],
    properties: { 'n/o': { type: 'integer' } },
    additionalProperties: false,
  }
  t.strictSame(faultsOf(kind(schema), { 'n/o': 1 }), [])
  t.strictSame(faultsOf(kind(schema), { more: 1 }), [
    { pointer: '/n~1o', detail: 'is missing' },
    { pointer: '/more', detail: 'is not known here' },
  ])
  t.strictSame(faultsOf(kind(schema), { 'n/o': 'x' }), [{ pointer: '/n~1o', detail: 'must be integer' }])
  t.strictSame(faultsOf(kind({ $id: 'invoice', type: 'string' }, 2), 'x'), [])
  const list = kind({ type: 'array', items: { type: 'string' } }, 3)
  t.equal(faultsOf(list, Array(500).fill(1)).length, 100)
  t.end()
})
