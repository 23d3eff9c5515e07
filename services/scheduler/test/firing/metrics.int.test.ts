import { makeStack } from '@daybook/shared/testing'
import { test } from 'tap'
import { makeScheduler } from '../support/scheduler.ts'

test('the metrics name a schedule while it is due, and count all schedules with `at` in one series', async t => {
  const { put, tick, operator } = await makeScheduler(t, await makeStack(t))
  const metrics = async () => (await operator<string>('/metrics')).body
  const past = new Date(Date.now() - 1000).toISOString()
  await put('one', { at: past })
  await put('other', { at: past })
  await put('later', { every: 'PT1H' })

  const before = await metrics()
  t.match(before, 'daybook_schedules_due 2')
  t.match(before, 'daybook_schedule_due{schedule="one"} 1')
  t.notMatch(before, 'schedule="later"')
  await tick()
  const after = await metrics()
  t.match(after, 'daybook_schedules_due 0')
  t.notMatch(after, 'daybook_schedule_due{')
  t.match(after, 'daybook_schedule_fired_total{schedule="one-off"} 2')
})
