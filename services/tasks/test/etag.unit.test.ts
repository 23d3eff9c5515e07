import { etagOf } from '@daybook/shared/http'
import { test } from 'tap'
import { isNoneMatch, versionsOf } from '../src/etag.ts'

test('the entity tag of a task is its version', async t => {
  t.equal(etagOf(3), '"3"')
  t.strictSame(versionsOf(etagOf(3)), [3])
})

test('If-Match names one version, some, or any', async t => {
  t.strictSame(versionsOf('"1", "22" ,"3"'), [1, 22, 3])
  t.strictSame(versionsOf('"1", , "a,2",'), [1])
  t.equal(versionsOf('*'), undefined)
  t.equal(versionsOf(' * '), undefined)
  t.equal(versionsOf(undefined), undefined)
})

test('an If-Match of tags that are not ours matches no version', async t => {
  for (const header of ['"x"', '"-1"', '"3.0"', '"1e3"', '"9999999999999999"', '"03"', '"0"', '"a,b"']) {
    t.strictSame(versionsOf(header), [], header)
  }
})

test('what is no ETag is refused, and not taken for one that has changed', async t => {
  for (const header of ['3', '', 'x', '"3', '"3", 4']) {
    t.throws(() => versionsOf(header), { code: 'DAYBOOK_REQUEST_INVALID' }, header)
  }
})

test('If-Match compares strongly: a weak tag matches nothing', async t => {
  t.strictSame(versionsOf('W/"3"'), [])
  t.strictSame(versionsOf('W/"3", "4"'), [4])
})

test('If-None-Match compares weakly', async t => {
  for (const header of ['"3"', 'W/"3"', '"1", W/"3"', '*']) t.ok(isNoneMatch(header, 3), header)
  for (const header of [undefined, '"4"', '3', '"33"', '']) t.notOk(isNoneMatch(header, 3), `${header}`)
})
