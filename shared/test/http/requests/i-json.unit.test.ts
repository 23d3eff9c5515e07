import { test } from 'tap'
import type { DaybookError } from '../../../src/failures/errors.ts'
import { readIJson } from '../../../src/http/requests/i-json.ts'

/** Returns the faults of a text. */
function faultsOf(text: string): readonly { pointer: string; detail: string }[] {
  try {
    readIJson(text)
    return []
  } catch (error) {
    return (error as DaybookError).faults
  }
}

const kept = [
  '0',
  '1.0',
  '1e2',
  '0.1',
  '100',
  '1E+2',
  '5e-324',
  '1.7976931348623157e308',
  '0.30000000000000004',
]
for (const number of [...kept, '9007199254740991', '9007199254740992', '1e23', '0e999', '0.000', '-0']) {
  test(`a number that JavaScript can represent is read: ${number}`, async t => {
    t.equal(Math.abs((readIJson(`{"a":${number}}`) as { a: number }).a), Math.abs(Number(number)))
  })
}

const changed = ['8202522731445525542', '9007199254740993', '-9007199254740993', '1e400', '-1e400', '1E-400']
const precise = ['0.1234567890123456789', '3.0000000000000001', '9007199254740992.5', `1${'0'.repeat(30)}1`]
for (const number of [...changed, ...precise]) {
  test(`a number that JavaScript would change is rejected: ${number}`, async t => {
    t.match(faultsOf(`{"a":[0,{"b/c":${number}}]}`), [
      { pointer: '/a/1/b~1c', detail: /cannot be kept exactly/ },
    ])
  })
}

test('digits in a string are not checked as a number', async t => {
  t.strictSame(readIJson('{"a":"8202522731445525542","1e400":"\\"1e400"}'), {
    a: '8202522731445525542',
    '1e400': '"1e400',
  })
})

test('a lone surrogate is rejected in a value and in a name', async t => {
  t.match(faultsOf('{"a":["\\ud83d"]}'), [{ pointer: '/a/0', detail: /surrogate/ }])
  t.match(faultsOf('{"\\udc00":1}'), [{ pointer: '/\udc00', detail: /surrogate/ }])
  t.strictSame(readIJson('["\\ud83d\\udc90"]'), ['💐'])
})

test('a repeated name in an object is rejected, also when it is escaped', async t => {
  t.match(faultsOf('{"a":1,"b":{"c":1},"\\u0061":2}'), [{ pointer: '/a', detail: /twice/ }])
  t.strictSame(readIJson('[{"a":1},{"a":{"a":2}}]'), [{ a: 1 }, { a: { a: 2 } }])
})

test('the name __proto__ is rejected', async t => {
  t.match(faultsOf('{"data":{"__proto__":{"admin":true}}}'), [{ pointer: '/data/__proto__' }])
  t.match(faultsOf('{"\\u005f_proto__":1}'), [{ pointer: '/__proto__' }])
})

test('all faults are reported up to a limit', async t => {
  t.equal(faultsOf('{"a":1e400,"b":1e400}').length, 2)
  t.equal(faultsOf(`[${'1e400,'.repeat(1000)}1]`).length, 100)
  t.equal(faultsOf(`{"${'x'.repeat(200_000)}":[1e400,1e400]}`).length, 1)
})

test('a text that is not JSON is rejected', async t => {
  for (const text of ['{', 'x', '{"a":1}}', "{'a':1}", '01', '.5', '[1,]', '\ufeff1']) {
    t.throws(() => readIJson(text), { code: 'DAYBOOK_REQUEST_INVALID', message: /not JSON/ }, text)
  }
})

test('a text of any depth is read', async t => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  t.ok(Array.isArray(readIJson(deep)))
  t.match(faultsOf('['.repeat(100_000)), [])
})
