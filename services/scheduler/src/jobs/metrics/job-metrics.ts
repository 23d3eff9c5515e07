import { keeping } from '@daybook/shared/async/keeping'
import { askedSeries, type Sample } from '@daybook/shared/process/asked-gauge'
import { Counter, Histogram, type Registry } from 'prom-client'
import type { Kinds } from '../kinds/kind-store.ts'
import type { JobsBase } from '../stored/open-jobs-store.ts'
import { boundedKinds, samplesOf } from './bounded-labels.ts'
import { type Count, jobCounts } from './count-store.ts'
import { type LaneState, laneMetrics } from './lane-metrics.ts'
import { openAmong, waitingLanes } from './oldest-due.ts'

export interface JobMetricsOptions {
  registry: Registry
  kinds: Pick<Kinds, 'getMany'>
  lanes: () => Promise<LaneState[]>
  /** The kinds of which the last attempts have all failed. */
  failing: () => Promise<ReadonlySet<string>>
}

// Kinds with labels of their own.
const MAX_KINDS = 200
// Seconds.
const buckets = [0.01, 0.05, 0.2, 1, 5, 30, 120, 600, 3600]

/**
 * Registers the metrics of jobs. The gauges are read from MongoDB when somebody asks, so all processes show the same. The
 * counter and the histograms have what this process has recorded.
 */
export function jobMetrics(
  base: Pick<JobsBase, 'jobs' | 'now' | 'signals'>,
  { registry, kinds, lanes, failing }: JobMetricsOptions,
): void {
  const labelOf = boundedKinds(MAX_KINDS)
  jobGauges(base, registry, labelOf)
  failingGauge(registry, failingKinds, labelOf)
  laneMetrics(registry, { lanes, oldest: () => waitingLanes(base, kinds), now: base.now })
  countEnds(base, registry, labelOf)
  timeAttempts(base, registry, labelOf)

  async function failingKinds() {
    const found = [...(await failing())]
    return found.filter(await openAmong(kinds, found))
  }
}

type Base = Pick<JobsBase, 'jobs' | 'now' | 'signals'>
type LabelOf = (kind: string) => string

function jobGauges(base: Base, registry: Registry, labelOf: LabelOf): void {
  const counts = jobCounts(base)
  const [ready, held, delayed] = [keeping(counts.ready), keeping(counts.held), keeping(counts.delayed)]
  const due = async () => (await Promise.all([ready(), held()])).flat()
  const waiting = async () => (await Promise.all([delayed(), due()])).flat()
  const gauge = (name: string, help: string, ask: () => Promise<Count[]>) => {
    const samples = async (): Promise<Sample[]> => samplesOf(await ask(), labelOf)
    askedSeries(registry, { name, help, labelNames: ['kind', 'lane'] }, samples)
  }
  gauge(
    'daybook_jobs_waiting',
    'Jobs that are due, and jobs that wait for their time; of the latter the earliest 20,000 count',
    waiting,
  )
  gauge(
    'daybook_jobs_due',
    'Jobs that are due and wait for a worker or for a limit; of those that wait for others of their key at most 20,000 count',
    due,
  )
  gauge('daybook_jobs_running', 'Attempts that are sent to workers or that workers run', counts.running)
}

function failingGauge(registry: Registry, failing: () => Promise<string[]>, labelOf: LabelOf): void {
  const gauge = {
    name: 'daybook_kinds_failing',
    help: 'Kinds whose last attempts all failed: one attempt at a time is sent until one succeeds; paused kinds do not count',
    labelNames: ['kind'],
  }
  askedSeries(registry, gauge, async () =>
    [...Map.groupBy(await failing(), labelOf)].map(([kind, { length: value }]) => ({
      labels: { kind },
      value,
    })),
  )
}

function countEnds({ signals }: Base, registry: Registry, labelOf: LabelOf): void {
  const finished = new Counter({
    name: 'daybook_jobs_finished_total',
    help: 'Jobs that have ended, by outcome: succeeded, failed, crashed, cancelled or expired',
    labelNames: ['kind', 'lane', 'outcome'],
    registers: [registry],
  })
  signals.on('finished', jobs => {
    for (const { kind, lane, state, reason } of jobs)
      finished.inc({ kind: labelOf(kind), lane, outcome: reason === 'crashed' ? reason : state })
  })
}

function timeAttempts({ signals }: Base, registry: Registry, labelOf: LabelOf): void {
  const given = { labelNames: ['kind'], buckets, registers: [registry] }
  const waits = new Histogram({
    ...given,
    name: 'daybook_job_wait_seconds',
    help: 'How long attempts waited, from when their job was due to their start',
  })
  const runs = new Histogram({
    ...given,
    name: 'daybook_job_run_seconds',
    help: 'How long attempts ran',
  })
  signals.on('attempts', times => {
    for (const { kind, waitedMs, ranMs } of times) {
      if (waitedMs !== undefined) waits.observe({ kind: labelOf(kind) }, waitedMs / 1000)
      if (ranMs !== undefined) runs.observe({ kind: labelOf(kind) }, ranMs / 1000)
    }
  })
}
