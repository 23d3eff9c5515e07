import type { WorkerModel } from '../stored/worker-model.ts'

/** How many workers could run jobs of a kind. */
export interface WorkersOfLane {
  /** Workers that take attempts of the lane. */
  workers: number
  /** Those of them that have a handler for the kind. */
  knowing: number
}

/**
 * Counts the workers that take attempts of a lane.
 * @param aliveSince workers whose last beat is older have lost their leases: milliseconds by the broker's clock
 */
export async function workersOfLane(
  workers: WorkerModel,
  { lane, kind }: { lane: string; kind: string },
  aliveSince: number,
): Promise<WorkersOfLane> {
  const taking = {
    state: 'working' as const,
    lostAt: { $exists: false },
    beatAt: { $gt: new Date(aliveSince) },
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
