import '../browser.ts'
import t from 'tap'
import { concernsJob } from '../../src/jobs/job/job.ts'
import { concernsRun } from '../../src/runs/run.ts'

t.test('the page of a run reads again after events of its day in its time zone only', async t => {
  const concerns = concernsRun('2026-11-26', 'Europe/Berlin')
  t.equal(concerns({ data: { day: '2026-11-26', timeZone: 'Europe/Berlin', userId: 'alice' } }), true)
  t.equal(concerns({ data: { day: '2026-11-26', timeZone: 'UTC' } }), false)
  t.equal(concerns({ data: { day: '2026-11-25', timeZone: 'Europe/Berlin' } }), false)
})

t.test('the page of a job reads again after events of this job only', async t => {
  const concerns = concernsJob('a')
  t.equal(concerns({ data: { job: 'a' } }), true)
  t.equal(concerns({ data: { job: 'b', group: 'a' } }), false)
})
