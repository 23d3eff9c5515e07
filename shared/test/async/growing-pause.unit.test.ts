import { test } from 'tap'
import { growingPause } from '../../src/async/growing-pause.ts'
import { stopTime } from '../support/index.ts'

test('a pause is as long as there has been no work, within its bounds', async t => {
  const time = stopTime(t)
  const pause = growingPause(5000)
  const pauses: number[] = []
  for (let looks = 0; looks < 7; looks += 1) {
    pause.lengthen()
    pauses.push(pause.ms())
    await time.pass(pause.ms())
  }
  t.strictSame(pauses, [5000, 5000, 10_000, 20_000, 30_000, 30_000, 30_000])
})

test('work makes the pause the shortest again, and says whether it was longer', async t => {
  const time = stopTime(t)
  const pause = growingPause(5000)
  t.notOk(pause.shorten())
  await time.pass(12_000)
  pause.lengthen()
  t.equal(pause.ms(), 12_000)
  t.ok(pause.shorten())
  t.equal(pause.ms(), 5000)
})
