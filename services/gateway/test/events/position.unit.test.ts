import { test } from 'tap'
import { decodePosition, encodePosition, hasReached, laterOf } from '../../src/events/position.ts'

test('the id of an event is a position, and any other text is none', t => {
  const position = [[1, 0, 123_456_789], [7], [0], [3, 4]]
  t.equal(encodePosition(position), '1.0.21i3v9~7~0~3.4')
  t.strictSame(decodePosition('1.0.21i3v9~7~0~3.4'), position)
  t.strictSame(decodePosition(encodePosition([[], [], [], []])), [[0], [0], [0], [0]])
  for (const text of ['', '1~2', '1~2~3~4~5', '1~2~3~-4', '1..2~2~3~4', 'zzzzzzzzzzzz~1~1~1', 'A~1~1~1'])
    t.equal(decodePosition(text), undefined, text)
  t.equal(decodePosition(`${'1.'.repeat(5000)}1~1~1~1`), undefined)
  t.end()
})

test('positions are compared by partition', t => {
  const [one, other] = [
    [[5, 1], [0], [0], [0]],
    [[3, 4, 2], [0], [0], [0]],
  ]
  t.strictSame(laterOf(one, other), [[5, 4, 2], [0], [0], [0]])
  t.equal(hasReached(one, other), false)
  t.equal(hasReached(laterOf(one, other), other), true)
  t.end()
})
