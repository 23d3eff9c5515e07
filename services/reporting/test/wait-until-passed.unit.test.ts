import { silent, stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { waitUntilPassed } from '../src/wait-until-passed.ts'

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
