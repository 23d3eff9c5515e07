import { keeping } from '@daybook/shared/async/keeping'
import type { WaitingSource } from '@daybook/shared/incidents/waiting-work'
import { readyJobs } from '../dispatch/ready-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { type Count, jobCounts, MAX_IN_INDEX, MAX_READ } from './count-store.ts'

/** The jobs that have not ended, by what they wait for, and those that have failed: they wait for a person. */
export function waitingJobs(base: Pick<JobsBase, 'jobs'>): WaitingSource {
  const counts = jobCounts(base)
  const [ready, held, delayed] = [keeping(counts.ready), keeping(counts.held), keeping(counts.delayed)]
  const failed = keeping(counts.failed)
  const oldest = keeping(async () => counts.oldest(await readyJobs(base).lanes()))
  return {
    name: 'jobs',
    async find() {
      const [ofReady, ofHeld, ofDelayed, ofRunning, ofFailed, lanes] = await Promise.all([
        ready().then(sumOf),
        held().then(sumOf),
        delayed().then(sumOf),
        counts.running().then(sumOf),
        failed(),
        oldest(),
      ])
      const [since] = lanes.map(({ dueAt }) => dueAt).sort((a, b) => a.getTime() - b.getTime())
      return [
        {
          kind: 'jobs-due',
          what: 'Jobs that are due and wait for a worker or a limit',
          count: ofReady + ofHeld,
          more: ofReady >= MAX_IN_INDEX || ofHeld >= MAX_READ,
          since,
        },
        {
          kind: 'jobs-later',
          what: 'Jobs that wait for their time',
          count: ofDelayed,
          more: ofDelayed >= MAX_READ,
        },
        {
          kind: 'jobs-running',
          what: 'Jobs that workers run now',
          count: ofRunning,
          more: ofRunning >= MAX_READ,
        },
        {
          kind: 'jobs-failed',
          what: 'Jobs that have failed, until somebody retries them or they are removed',
          count: ofFailed,
          more: ofFailed >= MAX_IN_INDEX,
        },
      ]
    },
  }
}

const sumOf = (counts: readonly Count[]) => counts.reduce((sum, { count }) => sum + count, 0)
