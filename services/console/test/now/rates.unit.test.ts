import t from 'tap'
import { factsOf, grouped, numberText, sumOf } from '../../src/now/rates.ts'

t.test('the minute that is not over counts for no mean', async t => {
  const values = [...Array<number>(45).fill(9), ...Array<number>(14).fill(2), 32, 100]
  t.strictSame(factsOf(values), { last: 32, mean: 4, most: 100 })
  t.strictSame(factsOf([]), { last: 0, mean: 0, most: 0 })
})

t.test('series are added up minute by minute, and minutes to longer times', async t => {
  t.strictSame(sumOf({ a: [1, 2, 3], b: [10, 0, 5] }, ['a', 'b', 'missing']), [11, 2, 8])
  t.strictSame(sumOf({}, ['a']), [])
  t.strictSame(grouped([1, 2, 3, 4, 5], 2), [3, 7, 5])
})

t.test('numbers have separators and at most one digit behind the point', async t => {
  t.strictSame([0, 1204, 0.44].map(numberText), ['0', '1,204', '0.4'])
})
