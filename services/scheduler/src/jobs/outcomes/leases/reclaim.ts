import { settle } from '../attempts/settle.ts'
import type { LeaseDeps } from './end-workers.ts'
import type { Partitions } from './partition-store.ts'

const PAGE = 500

export interface ReclaimDeps extends LeaseDeps {
  partitions: Partitions
  /** The partitions that daybook.jobs.results has now. */
  resultPartitions: () => Promise<number[]>
}

/**
 * Takes back attempts that were sent and can't start any more: the readers of all partitions have handled all records up to
 * their `startBy`, and none of these was their start.
 * @param now the broker's time of the last probe: attempts that may still start cost no further query
 */
export async function reclaim(deps: ReclaimDeps, now: Date, heartbeat: () => Promise<void>): Promise<void> {
  let jobs = await deps.attempts.sentBefore(now, PAGE)
  if (jobs.length === 0) return
  const handled = await deps.partitions.handledUpTo(await deps.resultPartitions())
  if (handled === undefined) return
  for (;;) {
    jobs = await deps.attempts.sentBefore(handled, PAGE)
    if (jobs.length === 0) return
    const how = { outcome: 'returned', reason: 'not-started' } as const
    await settle(
      deps,
      jobs.map(job => ({ job, end: { how, worker: job.worker ?? '', at: handled } })),
    )
    await heartbeat()
  }
}
