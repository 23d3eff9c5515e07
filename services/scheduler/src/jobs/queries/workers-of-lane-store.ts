import type { JobsBase } from '../stored/open-jobs-store.ts'

/** How many workers could run jobs of a kind. */
export interface WorkersOfLane {
  /** Workers that take attempts of the lane. */
  workers: number
  /** Those of them that have a handler for the kind. */
  knowing: number
}

/**
 * Counts the workers that take attempts of a lane. A worker counts while its lease lasts.
 * @param leaseMs the length of a lease
 */
export async function workersOfLane(
  { workers, brokerClock, now }: Pick<JobsBase, 'workers' | 'brokerClock' | 'now'>,
  { lane, kind }: { lane: string; kind: string },
  leaseMs: number,
): Promise<WorkersOfLane> {
  // Beats have the broker's time. Before this process has seen it, MongoDB's time is close enough to describe.
  const time = brokerClock.now() ?? now().getTime()
  const taking = {
    state: 'working' as const,
    lostAt: { $exists: false },
    beatAt: { $gt: new Date(time - leaseMs) },
    $or: [
      { via: 'http' as const, 'lanes.lane': lane },
      // A worker without a partition gets nothing: the lane has more workers than partitions.
      { lanes: { $elemMatch: { lane, 'partitions.0': { $exists: true } } } },
    ],
  }
  const [all, knowing] = await Promise.all([
    workers.countDocuments(taking),
    workers.countDocuments({ ...taking, kinds: kind }),
  ])
  return { workers: all, knowing }
}
