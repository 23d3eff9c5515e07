import t from 'tap'
import { faultsByLine, jsonLines } from '../../../src/dead-letters/letters/json-lines.ts'

const value = JSON.parse(
  '{"a/b~":[1,[],{},{"deep":"x \\"y\\""}],"__proto__":null,"data":{"name":"é"}}',
) as object
const lines = jsonLines(value)
const lineOf = (pointer: string) => lines.find(line => line.pointer === pointer)?.text

t.test('the lines are those of JSON with indentation', async t => {
  for (const one of [value, [], {}, null, 'x', 0, [[[]], { a: [] }]])
    t.equal(
      jsonLines(one)
        .map(({ text }) => text)
        .join('\n'),
      JSON.stringify(one, undefined, 2),
    )
})

t.test('each value is in one line', async t => {
  t.equal(lineOf('')?.trim(), '{')
  t.equal(lineOf('/a~1b~0/0'), '    1,')
  t.equal(lineOf('/a~1b~0/3/deep'), '      "deep": "x \\"y\\""')
  t.equal(lineOf('/data'), '  "data": {')
  const pointers = lines.flatMap(({ pointer }) => pointer ?? [])
  t.equal(new Set(pointers).size, pointers.length)
})

t.test('a fault is at its value, and that of a missing one at the object that should have it', async t => {
  const faults = [
    { pointer: '/data/name', detail: 'must be shorter' },
    { pointer: '/data/timeZone', detail: 'is missing' },
    { pointer: '/data/x~1y/z', detail: 'is missing' },
    { pointer: '', detail: 'must have fewer properties' },
    { pointer: '/day', detail: 'is missing' },
    { pointer: '/a~1b~0/7', detail: 'is missing' },
  ]
  t.strictSame(Object.fromEntries(faultsByLine(lines, faults)), {
    '/data/name': ['must be shorter'],
    '/data': ['timeZone is missing', 'x/y/z is missing'],
    '': ['must have fewer properties', 'day is missing'],
    '/a~1b~0': ['7 is missing'],
  })
  t.strictSame(
    Object.fromEntries(faultsByLine(jsonLines('x'), [{ pointer: '', detail: 'must be object' }])),
    {
      '': ['must be object'],
    },
  )
})
