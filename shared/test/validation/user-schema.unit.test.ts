import { test } from 'tap'
import { compileSchema, schemaFaults } from '../../src/validation/user-schema.ts'

test('a schema of either draft is accepted, with references into itself', async t => {
  const tree = {
    $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['id'] } },
    $ref: '#/$defs/node',
  }
  t.strictSame(schemaFaults(tree), [])
  t.match(compileSchema(tree)({ id: 1, next: { id: 2, next: {} } }), [
    { pointer: '/next/next/id', detail: 'is missing' },
  ])
  t.strictSame(
    schemaFaults({ $schema: 'http://json-schema.org/draft-07/schema#', items: [{ type: 'string' }] }),
    [],
  )
  t.strictSame(
    schemaFaults({ $schema: 'https://json-schema.org/draft/2020-12/schema', prefixItems: [true] }),
    [],
  )
})

test('a schema that cannot be used is refused, with a pointer to the reason', async t => {
  const pointer = (schema: object) => schemaFaults(schema).map(fault => fault.pointer)
  t.strictSame(pointer({ properties: { a: { type: 'text' } } }), ['/properties/a/type'])
  t.strictSame(pointer({ properties: { a: { maxLenght: 1 } } }), ['/properties/a/maxLenght'])
  t.strictSame(pointer({ items: { $ref: 'https://example.com/other' } }), ['/items/$ref'])
  t.strictSame(pointer({ $schema: 'http://json-schema.org/draft-04/schema#' }), ['/$schema'])
  t.strictSame(pointer({ $async: true }), ['/$async'])
  t.match(schemaFaults({ format: 'colour' }), [{ pointer: '', detail: /unknown format "colour"/ }])
  t.match(schemaFaults({ pattern: '(' }), [{ detail: /regex|regular expression/i }])
  t.match(schemaFaults({ anyOf: [{ $ref: '#' }] }), [{ pointer: '', detail: /refers to itself/ }])
  t.match(schemaFaults({ description: 'x'.repeat(32_768) }), [{ detail: /at most 32768 bytes/ }])
  let deep: object = {}
  for (let i = 0; i < 2000; i += 1) deep = { not: deep }
  t.match(schemaFaults(deep), [{ detail: /deeper than 100/ }])
})

test('a check that takes too long is ended, and the value is refused', async t => {
  const check = compileSchema({ pattern: '^(a+)+$' })
  t.strictSame(check('aaa'), [])
  t.match(check(`${'a'.repeat(60)}b`), [{ pointer: '', detail: /takes more than 1000 ms/ }])
  t.strictSame(check('aaa'), [], 'the next value is checked as before')
  const distinct = compileSchema({ uniqueItems: true })
  const objects = Array.from({ length: 20_000 }, (_, i) => ({ i }))
  t.match(distinct(objects), [{ detail: /takes more than 1000 ms/ }])
})
