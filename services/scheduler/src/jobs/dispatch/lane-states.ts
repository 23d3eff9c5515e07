import type { JobWorker } from '../stored/job-worker.ts'
import type { InHand } from './choice/credit.ts'

/** What the live workers of a lane can take. A worker that reads several lanes counts in each of them. */
export interface LaneState {
  lane: string
  workers: number
  /** Workers that read the lane from Kafka and own none of its partitions: the lane has more workers than partitions. */
  withoutPartitions: number
  slots: number
  /** Attempts that are sent to these workers or that they run. */
  inHand: number
}

export function laneStates(alive: readonly JobWorker[], inHand: ReadonlyMap<string, InHand>): LaneState[] {
  const states = new Map<string, LaneState>()
  for (const worker of alive)
    for (const { lane, partitions } of worker.lanes) {
      const state = states.get(lane) ?? { lane, workers: 0, withoutPartitions: 0, slots: 0, inHand: 0 }
      state.workers += 1
      if (worker.via === 'kafka' && partitions.length === 0) state.withoutPartitions += 1
      state.slots += worker.slots
      state.inHand += inHand.get(worker._id)?.attempts ?? 0
      states.set(lane, state)
    }
  return [...states.values()]
}
