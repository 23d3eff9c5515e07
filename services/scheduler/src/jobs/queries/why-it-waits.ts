import type { Kind } from '../kinds/kind.ts'
import type { Kinds } from '../kinds/kind-store.ts'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { apiStateOf } from './job-filter.ts'
import { type Waiting, whyWaiting } from './why-waiting.ts'
import { workersOfLane } from './workers-of-lane-store.ts'

/** Says why a job waits; undefined for a job that does not wait. */
export type WhyItWaits = (job: Job) => Promise<Waiting | undefined>

/** Says which limit of its kind holds a job that is ready; undefined when none does. */
export type LimitReason = (kind: Kind, job: Job) => Promise<Waiting | undefined>

/**
 * Makes the function that finds out why a job waits, from what is stored now: the reason itself is never stored.
 * @param options.leaseMs the length of a lease
 */
export const makeWhyItWaits =
  (
    base: JobsBase,
    kinds: Pick<Kinds, 'get'>,
    { limitReason, leaseMs }: { limitReason: LimitReason; leaseMs: number },
  ): WhyItWaits =>
  async job => {
    if (apiStateOf(job.state) !== 'waiting') return undefined
    const now = base.now()
    const kind = await kinds.get(job.kind)
    const [workers, limit] = await Promise.all([
      workersOfLane(base, { lane: job.lane, kind: job.kind }, leaseMs),
      job.state === 'held' ? undefined : limitReason(kind, job),
    ])
    return whyWaiting(job, { now, lane: job.lane, paused: kind.paused, ...workers, limit })
  }
