import { test } from 'tap'
import { knownEnds } from '../../../src/kafka/progress/known-ends.ts'

test('a group is behind for as long as its next record is known to be there', async t => {
  const ends = knownEnds()
  const behind = (now: number, position: bigint, end: bigint) =>
    ends.note([{ partition: 0, position, end }], now).map(({ behindMs }) => behindMs)
  t.strictSame(behind(1000, 5n, 5n), [0])
  t.strictSame(behind(2000, 5n, 8n), [0], 'the record is new')
  t.strictSame(behind(5000, 6n, 8n), [3000])
  t.strictSame(behind(6000, 7n, 12n), [4000])
  t.strictSame(behind(7000, 8n, 12n), [1000], 'the record at 8 came with a later measurement')
  t.strictSame(behind(8000, 12n, 12n), [0])
  t.strictSame(behind(9000, 12n, 13n), [0])
  t.strictSame(behind(90_000_000, 12n, 13n), [89_991_000], 'also a day later')
})
