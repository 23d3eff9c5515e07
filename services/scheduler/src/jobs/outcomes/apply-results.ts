import type { JobsBase } from '../stored/open-jobs-store.ts'
import { applyReports } from './attempts/apply-reports.ts'
import { isOfAttempt, type Report } from './attempts/reports.ts'
import type { Control } from './control.ts'
import { endAttempts, endLeases } from './leases/end-workers.ts'
import { type LeaseTimes, leasesEndedBefore, type ProbeSpan, withProbe } from './leases/probe-span.ts'
import { type ReclaimDeps, reclaim } from './leases/reclaim.ts'
import type { Beat } from './leases/worker-store.ts'
import type { OutcomeMetrics } from './metrics.ts'

export interface ResultsDeps extends ReclaimDeps {
  base: ReclaimDeps['base'] & Pick<JobsBase, 'quiet'>
  control: Control
  times: LeaseTimes
  count: OutcomeMetrics
}

/** How long a worker that has ended is kept. */
const KEEP_WORKERS_MS = 86_400_000

/** The reports that a reader gets of one partition, in order. */
export interface Batch {
  partition: number
  reports: readonly Report[]
}

/** The probes that a reader has handled, by partition. A new assignment begins a new one. */
export type Spans = Map<number, ProbeSpan>

/**
 * Applies what workers report. A probe judges leases by everything before it, so a batch is applied in parts that end with
 * probes. Applying reports again changes nothing.
 */
export async function applyResults(
  deps: ResultsDeps,
  spans: Spans,
  { partition, reports }: Batch,
  heartbeat: () => Promise<void>,
): Promise<void> {
  let part: Report[] = []
  for (const report of reports) {
    if (report.type !== 'LeaseProbe') {
      part.push(report)
      continue
    }
    await applyPart(deps, { partition, reports: part }, heartbeat)
    part = []
    await applyProbe(deps, spans, { partition, at: report.at }, heartbeat)
  }
  await applyPart(deps, { partition, reports: part }, heartbeat)
}

async function applyPart(
  deps: ResultsDeps,
  { partition, reports }: Batch,
  heartbeat: () => Promise<void>,
): Promise<void> {
  if (reports.length === 0) return
  const { workers, control, count } = deps
  const beats = reports.flatMap(one => (one.type === 'WorkerBeat' ? [{ ...one, partition }] : []))
  const ofAttempts = reports.filter(isOfAttempt)
  const senders = [...beats, ...ofAttempts].map(({ data }) => data.worker)
  const known = await workers.statusOf([...new Set(senders)])
  const beating = new Set(beats.map(({ data }) => data.worker))
  // A worker is known by its beats: it sends one before anything else.
  const isLost = (worker: string) => {
    const status = known.get(worker)
    if (status === undefined) return !beating.has(worker)
    return status.lostAt !== undefined || status.state === 'stopped'
  }
  const applied = await applyReports(deps, ofAttempts, isLost)
  count.refused(applied.refused)
  count.secondStarts(applied.mayNotRun.length)
  await heartbeat()
  const alive = beats.filter(({ data }) => !isLost(data.worker))
  for (const beat of alive) if (beat.data.state === 'stopped') await giveBack(deps, beat, heartbeat)
  // Beats are stored last: when this is interrupted and repeated, the same workers are lost as before.
  await workers.beats(alive)
  if (alive.length > 0) deps.base.quiet.end()
  await workers.countEnded(applied.ended)
  const lost = [...new Set(senders.filter(isLost))].map(worker => ({ worker }))
  await control.leaseLost([...lost, ...applied.mayNotRun.filter(({ worker }) => !isLost(worker))])
  const again = alive.length === 0 ? [] : await deps.attempts.toCancel([...beating])
  await control.cancel([...applied.toCancel, ...again])
}

/** Takes back what a worker has in hand that stops. Nobody else gets what was sent to a worker without Kafka. */
function giveBack(deps: ResultsDeps, { data, at }: Beat, heartbeat: () => Promise<void>): Promise<void> {
  const how = { outcome: 'returned', reason: 'stopping' } as const
  return endAttempts(deps, data.worker, { how, at, all: data.via === 'http' }, heartbeat)
}

async function applyProbe(
  deps: ResultsDeps,
  spans: Spans,
  { partition, at }: { partition: number; at: Date },
  heartbeat: () => Promise<void>,
): Promise<void> {
  const span = withProbe(spans.get(partition), at.getTime(), deps.times)
  spans.set(partition, span)
  await deps.partitions.handled(partition, at)
  const before = leasesEndedBefore(span, deps.times)
  if (before !== undefined) {
    const lost = await endLeases(deps, { partition, before, at }, heartbeat)
    deps.count.lost(lost.length)
    await deps.control.leaseLost(lost.map(worker => ({ worker })))
  }
  await reclaim(deps, at, heartbeat)
  await deps.workers.remove(partition, new Date(at.getTime() - KEEP_WORKERS_MS))
}
