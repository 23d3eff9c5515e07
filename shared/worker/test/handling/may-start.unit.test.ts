import t from 'tap'
import { mayStart } from '../../src/handling/may-start.ts'

// The broker appended the record at 1000 of its clock, at some moment between 50 and 60 of the worker's clock.
const time = { appendedAt: 1000, sentAt: 50, ackedAt: 60 }

t.test('a handler starts while the broker certainly has not passed the end of the interval', async t => {
  const interval = { startFrom: undefined, startBy: 1100 }
  t.strictSame(mayStart(interval, time, 150), { verdict: 'start' })
  t.strictSame(mayStart(interval, time, 151), { verdict: 'late' })
})

t.test('a handler waits until the broker certainly has reached the begin of the interval', async t => {
  const interval = { startFrom: 1030, startBy: 1100 }
  t.strictSame(mayStart(interval, time, 60), { verdict: 'wait', ms: 30 })
  t.strictSame(mayStart(interval, time, 89), { verdict: 'wait', ms: 1 })
  t.strictSame(mayStart(interval, time, 90), { verdict: 'start' })
})

t.test('a record that was appended after the interval is late', async t => {
  t.strictSame(mayStart({ startFrom: undefined, startBy: 999 }, time, 60), { verdict: 'late' })
})

t.test('an interval that is shorter than the doubt about the time is late, not early', async t => {
  t.strictSame(mayStart({ startFrom: 1025, startBy: 1030 }, time, 82), { verdict: 'late' })
})
