import { test } from 'tap'
import { foldReports } from '../../../../src/jobs/outcomes/attempts/fold-reports.ts'
import { at, report, storedJob } from '../../../support/outcomes.ts'

test('an attempt with a start interval starts when its handler may, and others when they are announced', async t => {
  const started = (startFrom: Date | undefined) => {
    const job = { ...storedJob('j', { attempt: 1, state: 'sent' }), ...(startFrom && { startFrom }) }
    const announced = report('JobStarted', { worker: 'w', job: 'j', attempt: 1 }, 3)
    return foldReports(job, [announced as never], () => false).started
  }
  t.strictSame(started(undefined), { worker: 'w', at: at(3) })
  t.strictSame(started(at(2)), { worker: 'w', at: at(3) })
  t.strictSame(started(at(4)), { worker: 'w', at: at(4) })
})
