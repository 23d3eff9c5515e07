import t from 'tap'
import { boundedBytes } from '../../src/failures/bounded-text.ts'

t.test('a text is cut at some bytes, between two characters', async t => {
  t.equal(boundedBytes('aääa', 6), 'aääa')
  t.equal(boundedBytes('aääaa', 6), 'aä…')
  t.equal(boundedBytes('ääaaa', 6), 'ä…')
  t.equal(boundedBytes('a\u{1f600}aaa', 7), 'a…')
  t.equal(boundedBytes('a\ud83d', 6), 'a\ufffd')
})
