import { silent, stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { progressText, waitUntilPassed } from '../src/wait-until-passed.ts'

t.test('the progress says what is left, and how long that takes at the rate so far', async t => {
  const first = { left: 1_000_000, at: 0 }
  t.equal(progressText(first, first), '1,000,000 records are left')
  t.equal(
    progressText(first, { left: 880_000, at: 5000 }),
    '880,000 records are left, 12 % are done, 24,000 a second, about 37 s more',
  )
  t.equal(progressText(first, { left: 1_000_001, at: 5000 }), '1,000,001 records are left', 'nothing is done')
})

t.test('a wait reports each five seconds, and ends when every partition has passed', async t => {
  const time = stopTime(t)
  const lines: string[] = []
  const position = new Map([[0, 0n]])
  const end = new Map([
    [0, 10n],
    [1, 5n],
  ])
  const signal = new AbortController()
  const options = { what: 'reading', report: (line: string) => void lines.push(line), log: silent }
  const waiting = waitUntilPassed(async () => position, end, { ...options, signal: signal.signal })
  await time.pass(4000)
  t.strictSame(lines, [])
  position.set(0, 10n)
  await time.pass(2000)
  t.match(lines, [/^reading: 5 records are left, 66 % are done, /])
  position.set(1, 6n)
  await time.skipUntil(waiting)

  const other = waitUntilPassed(async () => new Map(), end, { ...options, signal: signal.signal })
  signal.abort(new Error('interrupted'))
  await t.rejects(time.skipUntil(other), { message: 'interrupted' })
})
