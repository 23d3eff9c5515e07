import { keeping } from '@daybook/shared/async/keeping'
import type { WaitingSource } from '@daybook/shared/incidents/waiting-work'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type Count, jobCounts, MAX_READ } from './count-store.ts'

/** The jobs that have not ended, by what they wait for. */
export function waitingJobs(base: Pick<JobsBase, 'jobs'>): WaitingSource {
  const counts = jobCounts(base)
  const [due, delayed] = [keeping(counts.due), keeping(counts.delayed)]
  return {
    name: 'jobs',
    async find() {
      const found = await Promise.all([due(), delayed(), counts.running()])
      const [ofDue, ofDelayed, ofRunning] = found.map(sumOf) as [number, number, number]
      return [
        { kind: 'jobs-due', what: 'Jobs that are due and wait for a worker or a limit', count: ofDue },
        {
          kind: 'jobs-later',
          what: 'Jobs that wait for their time',
          count: ofDelayed,
          more: ofDelayed >= MAX_READ,
        },
        { kind: 'jobs-running', what: 'Jobs that workers run now', count: ofRunning },
      ]
    },
  }
}

const sumOf = (counts: readonly Count[]) => counts.reduce((sum, { count }) => sum + count, 0)
