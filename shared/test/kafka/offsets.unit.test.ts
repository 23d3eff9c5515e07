import { test } from 'tap'
import { hasPassed, type Offsets, offsetsFromJson, offsetsToJson } from '../../src/kafka/index.ts'

const at = (...offsets: [number, bigint][]): Offsets => new Map(offsets)

test('a barrier is passed when every partition has reached it', async t => {
  const barrier = at([0, 5n], [1, 7n])
  t.ok(hasPassed(at([0, 5n], [1, 7n]), barrier), 'reached')
  t.ok(hasPassed(at([0, 6n], [1, 70n]), barrier), 'beyond')
  t.notOk(hasPassed(at([0, 5n], [1, 6n]), barrier), 'one record short')
})

test('a partition of the barrier that was never committed has not passed it', async t => {
  t.notOk(hasPassed(at(), at([0, 1n])))
  t.notOk(hasPassed(at([1, 9n]), at([0, 1n], [1, 9n])))
  t.ok(hasPassed(at(), at()), 'every group has passed a barrier without partitions')
})

test('partitions that were added later do not delay a barrier', async t => {
  t.ok(hasPassed(at([0, 5n], [1, 0n]), at([0, 5n])))
})

test('offsets above 2^53 are compared and stored exactly', async t => {
  const big = 2n ** 53n
  t.notOk(hasPassed(at([0, big]), at([0, big + 1n])))
  const offsets = at([10, big + 1n], [2, 0n])
  t.strictSame(offsetsToJson(offsets), { 2: '0', 10: '9007199254740993' })
  t.strictSame(
    [...offsetsFromJson(offsetsToJson(offsets))],
    [
      [2, 0n],
      [10, big + 1n],
    ],
  )
})
