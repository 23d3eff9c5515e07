import type { JobWorker } from '../../stored/job-worker.ts'

/** A worker as the REST API shows it. */
export function workerBody(worker: JobWorker) {
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
    blockedMs,
    beatAt,
    lostAt,
  } = worker
  const isAlive = lostAt === undefined && state !== 'stopped'
  return {
    ...{ id, name, version, via, state, kinds, slots, running, blockedMs },
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
