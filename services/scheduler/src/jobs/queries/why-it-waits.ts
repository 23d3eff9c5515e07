import type { Kinds } from '../kinds/kind-store.ts'
import type { Admission } from '../limits/open-admission.ts'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { apiStateOf } from './job-filter.ts'
import { type Waiting, whyWaiting } from './why-waiting.ts'
import { workersOfLane } from './workers-of-lane-store.ts'

/** Says why a job waits; undefined for a job that does not wait. */
export type WhyItWaits = (job: Job) => Promise<Waiting | undefined>

/**
 * Makes the function that finds out why a job waits, from what is stored now: the reason itself is never stored.
 * @param options.leaseMs the length of a lease
 */
export const makeWhyItWaits =
  (
    base: JobsBase,
    kinds: Pick<Kinds, 'get'>,
    { admission, leaseMs }: { admission: Pick<Admission, 'limitReason'>; leaseMs: number },
  ): WhyItWaits =>
  async job => {
    if (apiStateOf(job.state) !== 'waiting') return undefined
    const now = base.now()
    // Before this process has seen the broker's time, MongoDB's is close enough to describe.
    const brokerNow = base.brokerClock.now() ?? now.getTime()
    const kind = await kinds.get(job.kind)
    const [workers, limit] = await Promise.all([
      workersOfLane(base.workers, { lane: job.lane, kind: job.kind }, brokerNow - leaseMs),
      job.state === 'held' ? undefined : admission.limitReason(kind, job, brokerNow),
    ])
    return whyWaiting(job, { now, lane: job.lane, paused: kind.paused, ...workers, limit })
  }
