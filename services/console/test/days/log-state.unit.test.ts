import t from 'tap'
import { type Day, hasFile, sentenceOf } from '../../src/days/log-state.ts'

const log = (state: Day['log']['state'], sha256: string | null) =>
  ({ state, sha256, revision: 1, writtenAt: null, amendments: [] }) satisfies Day['log']

t.test('a log that could not be written again still has its file', async t => {
  t.ok(hasFile(log('failed', 'aa')))
  t.match(sentenceOf(log('failed', 'aa')), /as it was before/)
  t.notOk(hasFile(log('failed', null)))
  t.notMatch(sentenceOf(log('failed', null)), /as it was before/)
})

t.test('a log that is not written or was removed has no file', async t => {
  t.notOk(hasFile(log('open', null)))
  t.notOk(hasFile(log('removed', 'aa')))
  t.ok(hasFile(log('amended', 'aa')))
})
