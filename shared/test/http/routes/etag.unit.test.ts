import { test } from 'tap'
import { etagOf } from '../../../src/http/index.ts'

test('the entity tag of a version is its number in quotes', async t => {
  t.equal(etagOf(3), '"3"')
})
