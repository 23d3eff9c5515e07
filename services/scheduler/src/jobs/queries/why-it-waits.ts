import type { Kinds } from '../kinds/kind-store.ts'
import type { Admission } from '../limits/open-admission.ts'
import type { Job } from '../stored/job.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { apiStateOf } from './job-filter.ts'
import { type Waiting, type WaitingFacts, whyWaiting } from './why-waiting.ts'
import { workersOfLane } from './workers-of-lane-store.ts'

/** Says why jobs wait. */
export interface WhyItWaits {
  /** Undefined for a job that does not wait. */
  one: (job: Job) => Promise<Waiting | undefined>
  /** By id, for those jobs that wait. Jobs of the same kind, lane, gate and state share the queries. */
  all: (jobs: readonly Job[]) => Promise<Map<string, Waiting>>
}

/**
 * Makes the function that finds out why a job waits, from what is stored now: the reason itself is never stored.
 * @param options.leaseMs the length of a lease
 */
export function makeWhyItWaits(
  base: JobsBase,
  kinds: Pick<Kinds, 'get'>,
  { admission, leaseMs }: { admission: Pick<Admission, 'limitReason'>; leaseMs: number },
): WhyItWaits {
  async function factsOf(job: Job): Promise<WaitingFacts> {
    const now = base.now()
    // Before this process has seen the broker's time, MongoDB's is close enough to describe.
    const brokerNow = base.brokerClock.now() ?? now.getTime()
    const kind = await kinds.get(job.kind)
    const [workers, limit] = await Promise.all([
      workersOfLane(base.workers, { lane: job.lane, kind: job.kind }, brokerNow - leaseMs),
      job.state === 'held' ? undefined : admission.limitReason(kind, job, brokerNow),
    ])
    return { now, lane: job.lane, paused: kind.paused, ...workers, limit }
  }
  const waits = ({ state }: Job) => apiStateOf(state) === 'waiting'
  return {
    one: async job => (waits(job) ? whyWaiting(job, await factsOf(job)) : undefined),
    async all(jobs) {
      const alike = Map.groupBy(jobs.filter(waits), ({ kind, lane, gate, state }) =>
        JSON.stringify([kind, lane, gate, state]),
      )
      const found = [...alike.values()].map(async group => {
        const facts = await factsOf(group[0] as Job)
        return group.map(job => [job._id, whyWaiting(job, facts)] as const)
      })
      return new Map((await Promise.all(found)).flat())
    },
  }
}
