import type { JobWorker } from '../../stored/job-worker.ts'
import type { Attempts } from '../attempts/attempt-store.ts'
import type { AttemptEnd } from '../attempts/next-state.ts'
import { type SettleDeps, settle } from '../attempts/settle.ts'
import type { Workers } from './worker-store.ts'

export interface LeaseDeps extends SettleDeps {
  workers: Workers
}

/** How many attempts are settled at once. */
const PAGE = 500

/**
 * Ends the leases of workers: marks them as lost and lets their attempts crash. Whether an attempt was alone is decided when
 * the worker is marked, so that it is the same when this is interrupted and repeated.
 * @param before the workers of the partition whose last beat is before this instant are lost
 * @param at the time of the probe that shows it, by the broker's clock
 * @returns the workers that are lost now
 */
export async function endLeases(
  deps: LeaseDeps,
  { partition, before, at }: { partition: number; before: Date; at: Date },
  heartbeat: () => Promise<void>,
): Promise<string[]> {
  const lost: string[] = []
  for (const worker of await deps.workers.silentSince(partition, before)) {
    const running = await heldBy(deps, worker, at)
    if (running === undefined) continue
    lost.push(worker._id)
    await endAttempts(
      deps,
      worker._id,
      { how: { outcome: 'crashed', alone: running.length === 1 }, at },
      heartbeat,
    )
    await deps.workers.end(worker._id)
  }
  return lost
}

/** @returns what the worker ran when it was lost; undefined if it is not lost */
async function heldBy(
  { workers, attempts }: LeaseDeps,
  worker: JobWorker,
  at: Date,
): Promise<JobWorker['running'] | undefined> {
  if (worker.lostAt !== undefined) return worker.running
  const running = await attempts.runningOf(worker._id)
  return (await workers.lose(worker, running, at)) ? running : undefined
}

/**
 * Ends the attempts of a worker that is gone. Those that were only sent stay, unless `all`: another worker of the lane may get
 * them.
 */
export async function endAttempts(
  deps: SettleDeps & { attempts: Attempts },
  worker: string,
  { how, at, all = false }: { how: AttemptEnd; at: Date; all?: boolean },
  heartbeat: () => Promise<void>,
): Promise<void> {
  for (;;) {
    const jobs = await deps.attempts.ofWorker(worker, PAGE, all)
    if (jobs.length === 0) return
    await settle(
      deps,
      jobs.map(job => ({ job, end: { how, worker, at } })),
    )
    await heartbeat()
  }
}
