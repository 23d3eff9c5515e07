import { schedulePath } from '../../src/address/page-paths.ts'
import '../browser.ts'
import t from 'tap'
import { concernsSchedule, newPath } from '../../src/schedules/definition/schedule.ts'

t.test('the form for a new schedule has an address that no schedule has', async t => {
  t.equal(newPath('a&b'), '/schedules?view=new&name=a%26b')
  for (const name of ['new', 'schedules', 'a/b', '?view=new'])
    t.not(new URL(schedulePath(name), 'http://page').pathname, '/schedules', name)
})

t.test('the page of a schedule reads again after its own events only', async t => {
  const [ofUser, ofZone] = [concernsSchedule('report'), concernsSchedule('end-of-day:Europe/Berlin')]
  t.equal(ofUser({ subject: 'report', data: { schedule: 'report' } }), true)
  t.equal(ofUser({ subject: 'a job', data: { job: 'a job', schedule: 'report' } }), true, 'its job has ended')
  t.equal(ofUser({ subject: 'a job', data: { job: 'a job', schedule: 'other' } }), false)
  const ended = { subject: 'end-of-day:Europe/Berlin', data: { timeZone: 'Europe/Berlin' } }
  t.equal(ofZone(ended), true)
  t.equal(ofUser(ended), false)
})
