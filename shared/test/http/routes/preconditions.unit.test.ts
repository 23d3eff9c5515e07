import { test } from 'tap'
import {
  checkPreconditions,
  etagOf,
  isNoneMatch,
  type Preconditions,
  versionsOf,
} from '../../../src/http/index.ts'
import { nameStrongly, nameWeakly, readTags, requireTags } from '../../../src/http/routes/preconditions.ts'

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
  test(`${JSON.stringify(header)} is a list of entity tags`, async t => {
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
  test(`${JSON.stringify(header)} is no list of entity tags and is rejected`, async t => {
    t.equal(readTags(header), undefined)
    t.throws(() => requireTags('if-match', header), {
      code: 'DAYBOOK_REQUEST_INVALID',
      faults: [{ pointer: '/headers/if-match' }],
    })
  })
}

test('a star names every version, and a missing header names nothing', async t => {
  t.equal(readTags('*'), '*')
  t.equal(readTags(' * '), '*')
  t.equal(requireTags('if-match', undefined), undefined)
})

test('the time to read a header is linear in its length', async t => {
  t.equal(readTags(`${'"1" \t, ,'.repeat(100_000)}x`), undefined)
})

// RFC 9110, 8.8.3.2: W/"1" and "1" match weakly only.
test('a weak tag names no version by strong comparison, and its version by weak comparison', async t => {
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
    t.notOk(nameStrongly(tags, undefined), 'no tag names a resource that does not exist')
    t.notOk(nameWeakly(tags, undefined))
  }
})

const changed = 'DAYBOOK_SCHEDULE_CHANGED'
const invalid = 'DAYBOOK_REQUEST_INVALID'

/** Returns `accepted` for a request with these headers, or the code of its problem. */
function verdict(headers: Preconditions, version: number | undefined): string {
  try {
    checkPreconditions(headers, version, changed)
    return 'accepted'
  } catch (error) {
    return (error as { code: string }).code
  }
}

const cases: [headers: Preconditions, version: number | undefined, verdict: string][] = [
  [{}, undefined, 'accepted'],
  [{}, 3, 'accepted'],
  [{ 'if-match': etagOf(3) }, 3, 'accepted'],
  [{ 'if-match': '"2" , "3"' }, 3, 'accepted'],
  [{ 'if-match': ', "3"' }, 3, 'accepted'],
  [{ 'if-match': '"a,3",' }, 3, changed],
  [{ 'if-match': '*' }, 3, 'accepted'],
  [{ 'if-match': '"2"' }, 3, changed],
  [{ 'if-match': '"33"' }, 3, changed],
  [{ 'if-match': 'W/"3"' }, 3, changed],
  [{ 'if-match': '"3"' }, undefined, changed],
  [{ 'if-match': '*' }, undefined, changed],
  [{ 'if-none-match': '*' }, undefined, 'accepted'],
  [{ 'if-none-match': '"2"' }, 3, 'accepted'],
  [{ 'if-none-match': '*' }, 3, changed],
  [{ 'if-none-match': '"3"' }, 3, changed],
  [{ 'if-none-match': 'W/"3"' }, 3, changed],
  [{ 'if-match': '3' }, 3, invalid],
  [{ 'if-match': '' }, 3, invalid],
  [{ 'if-match': '"3" "4"' }, 3, invalid],
  [{ 'if-match': '*, "3"' }, 3, invalid],
  [{ 'if-match': '"2"', 'if-none-match': 'x' }, 3, invalid],
  [{ 'if-none-match': 'x' }, undefined, invalid],
]

for (const [headers, version, expected] of cases) {
  test(`${JSON.stringify(headers)} at version ${version}: ${expected}`, async t => {
    t.equal(verdict(headers, version), expected)
  })
}

test('If-Match names one version, several, or any', async t => {
  t.strictSame(versionsOf(etagOf(3)), [3])
  t.strictSame(versionsOf('"1", "22" ,"3"'), [1, 22, 3])
  t.strictSame(versionsOf('"1", , "a,2",'), [1])
  t.equal(versionsOf('*'), undefined)
  t.equal(versionsOf(' * '), undefined)
  t.equal(versionsOf(undefined), undefined)
})

test('tags in If-Match that are no versions name no version', async t => {
  for (const header of ['"x"', '"-1"', '"3.0"', '"1e3"', '"9999999999999999"', '"03"', '"0"', '"a,b"']) {
    t.strictSame(versionsOf(header), [], header)
  }
})

test('an If-Match that is no list of entity tags is rejected, and does not count as another version', async t => {
  for (const header of ['3', '', 'x', '"3', '"3", 4']) {
    t.throws(() => versionsOf(header), { code: invalid }, header)
  }
})

test('the versions of If-Match are compared strongly: a weak tag names no version', async t => {
  t.strictSame(versionsOf('W/"3"'), [])
  t.strictSame(versionsOf('W/"3", "4"'), [4])
})

test('If-None-Match is compared weakly', async t => {
  for (const header of ['"3"', 'W/"3"', '"1", W/"3"', '*']) t.ok(isNoneMatch(header, 3), header)
  for (const header of [undefined, '"4"', '3', '"33"', '']) t.notOk(isNoneMatch(header, 3), `${header}`)
})
