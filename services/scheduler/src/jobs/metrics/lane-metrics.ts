import { askedSeries } from '@daybook/shared/process/asked-gauge'
import type { Registry } from 'prom-client'
import type { LaneState } from '../dispatch/lane-states.ts'
import type { Oldest } from './count-store.ts'

export type { LaneState } from '../dispatch/lane-states.ts'

export interface LaneMetricsOptions {
  lanes: () => Promise<LaneState[]>
  oldest: () => Promise<Oldest[]>
  now: () => Date
}

/** Registers the metrics of lanes and their workers. */
export function laneMetrics(registry: Registry, { lanes, oldest, now }: LaneMetricsOptions): void {
  const gauge = (name: string, help: string, read: (state: LaneState) => number) =>
    askedSeries(registry, { name, help, labelNames: ['lane'] }, async () =>
      (await lanes()).map(state => ({ labels: { lane: state.lane }, value: read(state) })),
    )
  gauge('daybook_lane_workers', 'Live workers that read the lane', ({ workers }) => workers)
  gauge('daybook_lane_free_slots', 'Slots of these workers without an attempt', ({ slots, inHand }) =>
    Math.max(0, slots - inHand),
  )
  gauge(
    'daybook_lane_workers_without_partitions',
    'Live workers that own no partition of the lane and get nothing from it',
    ({ withoutPartitions }) => withoutPartitions,
  )
  const age = {
    name: 'daybook_lane_oldest_due_seconds',
    help: 'How long the most urgent job that may be sent on the lane has been due; jobs of paused kinds do not count',
    labelNames: ['lane'],
  }
  askedSeries(registry, age, async () =>
    (await oldest()).map(({ lane, dueAt }) => ({
      labels: { lane },
      value: Math.max(0, now().getTime() - dueAt.getTime()) / 1000,
    })),
  )
}
