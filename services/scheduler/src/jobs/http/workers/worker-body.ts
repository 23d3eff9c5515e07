import type { ListedWorker } from '../../queries/worker-list-store.ts'

/** A worker as the REST API shows it. */
export function workerBody(worker: ListedWorker) {
  const {
    _id: id,
    name,
    version,
    via,
    state,
    lanes,
    kinds,
    slots,
    running,
    runningCount,
    blockedMs,
    beatAt,
    lostAt,
  } = worker
  const isAlive = lostAt === undefined && state !== 'stopped'
  return {
    ...{ id, name, version, via, state, kinds, slots, running, runningCount, blockedMs },
    lanes: lanes.map(({ lane, partitions }) => ({
      lane,
      partitions,
      ...(isAlive && via === 'kafka' && partitions.length === 0 ? { note: WITHOUT_PARTITION } : {}),
    })),
    beatAt: beatAt.toISOString(),
    ...(lostAt === undefined ? {} : { lostAt: lostAt.toISOString() }),
  }
}

const WITHOUT_PARTITION =
  'It gets nothing from this lane: the lane has more workers than partitions. Add partitions, see LANE_PARTITIONS, or stop workers'
