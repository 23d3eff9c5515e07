import t from 'tap'
import { piecesOf, RowHeights } from '../../src/elements/lists/pieces.ts'

const none: ReadonlySet<number> = new Set()
const row = (number: number) => ({ type: 'row', row: number })
const space = (height: number, next: number) => ({ type: 'space', height, next })

t.test(
  'only the rows that meet the view are in the document, between spaces as high as the others',
  async t => {
    const heights = [10, 30, 10, 20, 10]
    t.strictSame(piecesOf(heights, { top: 15, bottom: 45 }, none), [
      space(10, 1),
      row(1),
      row(2),
      space(30, 5),
    ])
    t.strictSame(piecesOf(heights, { top: -100, bottom: 100 }, none), [0, 1, 2, 3, 4].map(row))
    t.strictSame(piecesOf(heights, { top: 500, bottom: 600 }, none), [space(80, 5)])
    t.strictSame(piecesOf([], { top: 0, bottom: 100 }, none), [])
  },
)

t.test('rows that are kept are in the document wherever the view is', async t => {
  const heights = [10, 10, 10, 10, 10]
  const pieces = piecesOf(heights, { top: 40, bottom: 50 }, new Set([-1, 0, 1]))
  t.strictSame(pieces, [row(0), row(1), space(20, 4), row(4)])
})

t.test('a row that was not measured counts as the mean of those that were', async t => {
  const heights = new RowHeights()
  const [guess] = heights.of(['a'])
  t.ok(guess)
  heights.set('a', 20)
  heights.set('b', 40)
  t.strictSame(heights.of(['new', 'b', 'a']), [30, 40, 20])
  heights.clear()
  t.strictSame(heights.of(['a']), [guess])
})

t.test('the heights of rows that have left the list are forgotten', async t => {
  const heights = new RowHeights()
  for (const key of ['a', 'b', 'c', 'd', 'e']) heights.set(key, 100)
  heights.set('kept', 20)
  t.strictSame(heights.of(['kept', 'new']), [20, 20])
})
