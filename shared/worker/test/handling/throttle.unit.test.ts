import { stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { throttle } from '../../src/handling/throttle.ts'

t.test('at most one value a second is passed on, and the last one always', async t => {
  const time = stopTime(t)
  const passed: number[] = []
  const { add, flush } = throttle<number>(value => passed.push(value))
  for (const value of [1, 2, 3]) add(value)
  t.strictSame(passed, [1])
  await time.pass(1000)
  t.strictSame(passed, [1, 3])
  add(4)
  await time.pass(999)
  t.strictSame(passed, [1, 3])
  flush()
  t.strictSame(passed, [1, 3, 4])
  flush()
  await time.pass(5000)
  t.strictSame(passed, [1, 3, 4])
})

t.test('after a quiet second a value is passed on at once', async t => {
  const time = stopTime(t)
  const passed: number[] = []
  const { add } = throttle<number>(value => passed.push(value))
  add(1)
  await time.pass(1000)
  add(2)
  t.strictSame(passed, [1, 2])
})
