import t from 'tap'
import { heldRows } from '../../src/elements/lists/held-rows.ts'

const row = (id: string, state = 'old') => ({ id, state })
const keyOf = ({ id }: { id: string }) => id

t.test('rows that are held stay in their places, with what is new about them', async t => {
  const { rows, waiting } = heldRows(
    [row('a'), row('b'), row('c')],
    [row('d'), row('c', 'new'), row('a', 'new')],
    keyOf,
  )
  t.strictSame(rows, [row('a', 'new'), row('b'), row('c', 'new')])
  t.equal(waiting, 1)
})
