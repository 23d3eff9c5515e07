import type { Rates } from '@daybook/shared/operator-api/rate-store'
import type { Signals } from '../jobs/stored/signals.ts'

/** What the scheduler counts. */
export const rateNames = {
  days: 'Ends of days that were published',
  fired: 'Slots of schedules that fired, those of days too',
  jobsAdded: 'Jobs that were stored',
  jobsStarted: 'Attempts that started',
  jobsSucceeded: 'Jobs that succeeded',
  jobsFailed: 'Jobs that failed for good',
  jobsOtherwise: 'Jobs that were cancelled or expired',
}

const endNames = {
  succeeded: 'jobsSucceeded',
  failed: 'jobsFailed',
  cancelled: 'jobsOtherwise',
  expired: 'jobsOtherwise',
}

/** Counts what becomes of jobs. */
export function countJobs({ on }: Pick<Signals, 'on'>, { count }: Pick<Rates, 'count'>): void {
  on('added', jobs => count('jobsAdded', jobs))
  on('attempts', times => count('jobsStarted', times.filter(({ waitedMs }) => waitedMs !== undefined).length))
  on('finished', jobs => {
    for (const { state } of jobs) count(endNames[state])
  })
}
