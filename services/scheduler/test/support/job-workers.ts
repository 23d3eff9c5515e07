import type { Credit } from '../../src/jobs/dispatch/choice/credit.ts'
import type { JobWorker } from '../../src/jobs/stored/job-worker.ts'

/** A worker with 8 slots that reads the lane `default` and knows the kind `k`. */
export const makeWorker = (id: string, given: Partial<JobWorker> = {}): JobWorker => ({
  _id: id,
  name: id,
  version: '1',
  via: 'kafka',
  lanes: [{ lane: 'default', partitions: [0, 1] }],
  kinds: ['k'],
  slots: 8,
  running: [],
  blockedMs: 0,
  state: 'working',
  partition: 0,
  beatAt: new Date(),
  ended: 0,
  ...given,
})

/** The credit of a worker with free slots that reads the lane `default` and knows the kind `k`. */
export const makeCredit = (worker: string, free: number, given: Partial<Credit> = {}): Credit => ({
  worker,
  kinds: new Set(['k']),
  lanes: new Map([['default', [0]]]),
  slots: 8,
  inHand: { attempts: 0, suspects: 0 },
  free,
  total: free,
  ...given,
})
