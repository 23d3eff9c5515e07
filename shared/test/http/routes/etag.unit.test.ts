import { test } from 'tap'
import { etagOf, nameStrongly, nameWeakly, readTags, requireTags } from '../../../src/http/index.ts'

test('the entity tag of what has versions is its version, in quotes', async t => {
  t.equal(etagOf(3), '"3"')
})

// RFC 9110, 8.8.3, 13.1.1 and 13.1.2, and the list of 5.6.1.
const lists: [header: string, tags: string[]][] = [
  ['"xyzzy"', ['"xyzzy"']],
  ['W/"xyzzy"', ['W/"xyzzy"']],
  ['""', ['""']],
  ['"xyzzy", "r2d2xxxx", "c3piozzzz"', ['"xyzzy"', '"r2d2xxxx"', '"c3piozzzz"']],
  ['W/"xyzzy", W/"r2d2xxxx", W/"c3piozzzz"', ['W/"xyzzy"', 'W/"r2d2xxxx"', 'W/"c3piozzzz"']],
  ['"1","2"', ['"1"', '"2"']],
  ['"1" \t,\t "2"', ['"1"', '"2"']],
  ['"1",', ['"1"']],
  [', "1"', ['"1"']],
  ['"1", , ,"2" , ', ['"1"', '"2"']],
  ['"a,b"', ['"a,b"']],
  ['"a,b", "W/", "*"', ['"a,b"', '"W/"', '"*"']],
  ['"!#[]^`{|}~\\"', ['"!#[]^`{|}~\\"']],
  ['"\x80\xe9\xff"', ['"\x80\xe9\xff"']],
]

for (const [header, tags] of lists) {
  test(`a list of entity tags is read: ${JSON.stringify(header)}`, async t => {
    t.strictSame(readTags(header), tags)
  })
}

const wrong = ['', ',', ' , ', '1', 'x', '"1', '1"', '"1" "2"', '"1"2', 'w/"1"', 'W/ "1"', 'W/1', '"a b"']
for (const header of [
  ...wrong,
  '*, "1"',
  '"1", *',
  '"1", 2',
  '**',
  '"\x7f"',
  '"\u0100"',
  `${'"1",'.repeat(9)}x`,
]) {
  test(`what is no list of entity tags is refused, and not taken for one that names others: ${header}`, async t => {
    t.equal(readTags(header), undefined)
    t.throws(() => requireTags('if-match', header), {
      code: 'DAYBOOK_REQUEST_INVALID',
      faults: [{ pointer: '/headers/if-match' }],
    })
  })
}

test('a star names anything, and no header names nothing', async t => {
  t.equal(readTags('*'), '*')
  t.equal(readTags(' * '), '*')
  t.equal(requireTags('if-match', undefined), undefined)
})

test('a long header is read in time that grows with it', async t => {
  t.equal(readTags(`${'"1" \t, ,'.repeat(100_000)}x`), undefined)
})

// RFC 9110, 8.8.3.2: W/"1" and "1" match weakly only.
test('by strong comparison a weak tag names nothing, by weak comparison it is as good as a strong one', async t => {
  for (const [tags, strongly, weakly] of [
    [['"1"'], true, true],
    [['W/"1"'], false, true],
    [['"2"', 'W/"1"'], false, true],
    [['"2"', '"1"'], true, true],
    [['"11"', '"01"', 'W/"2"'], false, false],
    ['*', true, true],
  ] as const) {
    t.equal(nameStrongly(tags, 1), strongly, `${tags} strongly`)
    t.equal(nameWeakly(tags, 1), weakly, `${tags} weakly`)
    t.notOk(nameStrongly(tags, undefined), 'what is not there nothing names')
    t.notOk(nameWeakly(tags, undefined))
  }
})
