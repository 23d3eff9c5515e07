import type { Job, PastAttempt } from '../../stored/job.ts'
import type { AttemptEnd } from './next-state.ts'
import { type AttemptReport, boundedDelay, endOf } from './reports.ts'

/** What reports of attempts change of a job. */
export interface Folded {
  /** The start of the attempt in hand, if the store does not have it yet, and when its handler could begin. */
  started?: { worker: string; at: Date }
  progress?: NonNullable<Job['progress']>
  /** How the attempt ended, which worker said so, and when, by the broker's clock. */
  end?: { how: AttemptEnd; worker: string; at: Date; pauseMs?: number }
  /** Workers that have started an attempt that they may not run. */
  mayNotRun: { worker: string; job: string; attempt: number }[]
  /** The attempt has started after somebody asked to cancel the job. */
  cancelAgain: boolean
  /** Outcomes of attempts that are not in hand any more, or that another worker runs. */
  refused: number
}

/**
 * Decides what the reports of one batch about one job change. They are applied in order, and each only if the attempt is in
 * hand: others are refused.
 * @param job as it is stored; undefined if there is no such job
 * @param isLost whether a worker has lost its lease: it starts nothing any more
 */
export function foldReports(
  job: Job | undefined,
  reports: readonly AttemptReport[],
  isLost: (worker: string) => boolean,
): Folded {
  const folded: Folded = { mayNotRun: [], cancelAgain: false, refused: 0 }
  for (const report of reports) foldOne(job, folded, report, isLost)
  return folded
}

function foldOne(
  job: Job | undefined,
  folded: Folded,
  report: AttemptReport,
  isLost: (worker: string) => boolean,
): void {
  const { worker, job: id, attempt } = report.data
  const current = inHand(job, folded, attempt)
  if (report.type === 'JobStarted') {
    const verdict = current === undefined ? 'late' : start(current, report, isLost(worker))
    if (verdict === 'starts') {
      folded.started = { worker, at: handlerStart(report, job) }
      folded.cancelAgain = job?.cancelAskedAt !== undefined
    }
    if (verdict === 'lost')
      folded.end = { how: { outcome: 'returned', reason: 'lost' }, worker, at: report.at }
    const isRepeated = past(job, attempt, worker) !== undefined || folded.end?.worker === worker
    if (verdict === 'taken' || (verdict === 'late' && !isRepeated))
      folded.mayNotRun.push({ worker, job: id, attempt })
    return
  }
  const isHolder = current !== undefined && (current.holder === undefined || current.holder === worker)
  if (report.type === 'JobProgressed') {
    const { done, total, note } = report.data
    // Workers report once a second at most. None of their reports is left out: the last one would be missing for ever.
    if (isHolder) folded.progress = { done, total, ...(note === undefined ? {} : { note }), at: report.at }
    return
  }
  const how = endOf(report)
  if (isHolder && how !== undefined) {
    const pauseMs = report.type === 'JobFailed' ? report.data.pauseMs : undefined
    folded.end = {
      how,
      worker,
      at: report.at,
      ...(pauseMs === undefined ? {} : { pauseMs: boundedDelay(pauseMs) }),
    }
  } else if (!isRepetition(past(job, attempt, worker))) folded.refused += 1
}

interface Current {
  job: Job
  /** The worker that has started the attempt. */
  holder: string | undefined
}

/** The attempt, if it is in hand. */
function inHand(job: Job | undefined, folded: Folded, attempt: number): Current | undefined {
  if (job === undefined || job.attempt !== attempt || folded.end !== undefined) return undefined
  if (job.state === 'running') return { job, holder: job.worker }
  return job.state === 'sent' ? { job, holder: folded.started?.worker } : undefined
}

/** `late`: after `startBy`. The worker knows that too, and reports that it returns the attempt. */
function start(
  { job, holder }: Current,
  { data, at }: AttemptReport,
  isLost: boolean,
): 'starts' | 'taken' | 'held' | 'lost' | 'ignored' {
  if (holder === data.worker) return 'held'
  if (holder !== undefined) return 'taken'
  if (isLost) return 'lost'
  return job.startBy !== undefined && at > job.startBy ? 'ignored' : 'starts'
}

/** A worker announces its start, and waits until the attempt may start. */
const handlerStart = ({ at }: AttemptReport, job: Job | undefined): Date =>
  job?.startFrom !== undefined && job.startFrom > at ? job.startFrom : at

/** How an attempt of this worker has ended. */
const past = (job: Job | undefined, attempt: number, worker: string): PastAttempt | undefined =>
  job?.attempts?.find(one => one.attempt === attempt && one.worker === worker)

/** Whether the worker has reported that end itself. A crash is found without a report. */
const isRepetition = (end: PastAttempt | undefined): boolean => end !== undefined && end.outcome !== 'crashed'
