import t from 'tap'
import { median, percentile } from '../../harness/median.ts'

t.test('a median is the middle value, or the mean of the two middle ones', async t => {
  t.equal(median([30, 1, 2]), 2)
  t.equal(median([4, 1, 30, 2]), 3)
  t.equal(median([7]), 7)
})

t.test('a percentile is the smallest value that a share of the values does not exceed', async t => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i)
  t.equal(percentile(hundred, 0.5), 50)
  t.equal(percentile(hundred, 0.99), 99)
  t.equal(percentile([5], 0.99), 5)
  t.equal(percentile([1, 2, 3], 0), 1)
})
