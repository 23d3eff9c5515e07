import { stopTime } from '@daybook/shared/testing'
import t from 'tap'
import { progressBar, progressText } from '../../src/process/progress.ts'

t.test('the progress says what is left, and how long that takes at the rate so far', async t => {
  const first = { left: 1_000_000, at: 0 }
  t.equal(progressText(first, first, 'records'), '1,000,000 records are left')
  t.equal(
    progressText(first, { left: 880_000, at: 5000 }, 'events'),
    '880,000 events are left, 12 % are done, 24,000 a second, about 37 s more',
  )
  const none = progressText(first, { left: 1_000_001, at: 5000 }, 'records')
  t.equal(none, '1,000,001 records are left', 'nothing is done')
})

t.test('it is a bar on a terminal, and otherwise a line each five seconds', async t => {
  const time = stopTime(t)
  for (const isTTY of [true, false]) {
    const written: string[] = []
    const write = (text: unknown) => written.push(String(text)) > 0
    const bar = progressBar('publishing', 100, 'events', { isTTY, write })
    for (let second = 1; second <= 10; second += 1) {
      await time.pass(1000)
      bar.add(10)
    }
    bar.end()
    if (isTTY) {
      t.equal(written.length, 11)
      t.match(
        written[4],
        /^\r.*\[#{12}\.{12}\] publishing: 50 events are left, 50 % are done, 10 a second, about 5 s more$/,
      )
      t.equal(written[10], '\r\x1b[K')
    } else {
      const lines = written.map(line => line.slice(0, 'publishing: 50 events'.length))
      t.strictSame(lines, ['publishing: 50 events', 'publishing: 0 events '])
    }
  }
})
