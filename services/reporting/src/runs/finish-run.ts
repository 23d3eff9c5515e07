import { type DayReported, traced, traceOf } from '@daybook/shared/events'
import { reportManifest } from '../manifests/report-manifest.ts'
import type { Run } from './run-model.ts'
import type { RunDeps } from './run-steps.ts'

/** Finishes a run: makes the manifest, stores DayReported together with the new state, then offers it to the relay. */
export async function finishRun(run: Run, lost: AbortSignal, deps: RunDeps): Promise<boolean> {
  const { runs, completions, relay, log } = deps
  const { _id, day, timeZone, closingOffsets: coveredOffsets = {} } = run
  // The listing counted every completion before the covered offsets. Later ones amend the day.
  const counted = run.counts ?? (await completions.count(day, timeZone))
  const manifest = await reportManifest({ day, timeZone, coveredOffsets, ...counted }, deps)
  const counts = { ...counted, failures: manifest.end.failures }
  if (lost.aborted) return false
  const doneAt = new Date()
  const reportedAt = doneAt.toISOString()
  const event: DayReported = {
    id: `day-reported:${timeZone}:${day}`,
    type: 'DayReported',
    source: '/daybook/reporting',
    subject: day,
    time: reportedAt,
    ...traced(run.traceparent),
    data: { day, timeZone, reportedAt, ...counts, coveredOffsets, manifestSha256: manifest.sha256 },
  }
  if (!(await runs.markReported(run, doneAt, event))) return false
  relay.offer([{ document: _id, event }])
  log.info({ day, timeZone, ...counts, ...traceOf(run) }, 'day reported')
  return true
}
