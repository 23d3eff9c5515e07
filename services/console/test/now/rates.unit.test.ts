import t from 'tap'
import { factsOf, grouped, minutesOver, numberText, sumOf } from '../../src/now/rates.ts'

t.test('a minute that is not over, or whose counts may not all be written, counts for no mean', async t => {
  const values = [...Array<number>(45).fill(9), ...Array<number>(14).fill(2), 32, 100]
  t.strictSame(factsOf(values, 60), { last: 32, mean: 4, most: 100 })
  t.strictSame(factsOf([], 0), { last: 0, mean: 0, most: 0 })
  const over = (at: string) => minutesOver({ at: `2026-11-22T${at}Z`, from: '2026-11-22T13:00:00Z' })
  t.strictSame(['13:00:30', '13:02:14', '13:02:15', '13:03:14'].map(over), [0, 1, 2, 2])
})

t.test('series are added up minute by minute, and minutes to longer times', async t => {
  t.strictSame(sumOf({ a: [1, 2, 3], b: [10, 0, 5] }, ['a', 'b', 'missing']), [11, 2, 8])
  t.strictSame(sumOf({}, ['a']), [])
  t.strictSame(grouped([1, 2, 3, 4, 5], 2), [3, 7, 5])
})

t.test('numbers have separators and at most one digit behind the point', async t => {
  t.strictSame([0, 1204, 0.44].map(numberText), ['0', '1,204', '0.4'])
})
