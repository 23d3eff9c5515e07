import t from 'tap'
import { changeText, heldRows } from '../../src/elements/lists/held-rows.ts'

const row = (id: string, state = 'old') => ({ id, state })
const keyOf = ({ id }: { id: string }) => id

t.test('rows that are held stay in their places, with what is new about them', async t => {
  const { rows, waiting, gone } = heldRows(
    [row('a'), row('b'), row('c')],
    [row('d'), row('c', 'new'), row('a', 'new')],
    keyOf,
  )
  t.strictSame(rows, [row('a', 'new'), row('b'), row('c', 'new')])
  t.equal(waiting, 1)
  t.strictSame([...gone], ['b'])
})

t.test('what a held list does not show can be shown: rows that came, and rows that left', async t => {
  t.equal(changeText(0, 0), undefined)
  t.equal(changeText(2, 0), 'Show 2 new')
  t.equal(changeText(0, 1), 'Remove 1 gone')
  t.equal(changeText(2, 1), 'Show 2 new, remove 1 gone')
})
