import { MAX_ERROR_BYTES, MAX_JOB_BYTES, type ResultEvent, type ResultEvents } from '@daybook/shared/events'
import { boundedBytes } from '@daybook/shared/failures/bounded-text'
import type { AttemptEnd } from './next-state.ts'

/** When Kafka appended the record of an event, by the broker's clock. */
export interface Appended {
  at: Date
}

export type AttemptEvent = ResultEvents[
  | 'JobStarted'
  | 'JobProgressed'
  | 'JobSucceeded'
  | 'JobFailed'
  | 'JobReturned']

/** What a worker reports about an attempt. */
export type AttemptReport = AttemptEvent & Appended
/** Any event of daybook.jobs.results. */
export type Report = ResultEvent & Appended

export const isOfAttempt = (report: Report): report is AttemptReport => 'attempt' in report.data

// A year, as for new jobs. Instants far later cannot be stored, and the report of one worker would stop the others'.
const MAX_DELAY_MS = 366 * 86_400_000

/** A delay that a worker asks for, in milliseconds: at most a year. */
export const boundedDelay = (ms: number): number => Math.min(ms, MAX_DELAY_MS)

/** Reads from a report how the attempt ended; undefined for a report of an attempt that goes on. */
export function endOf(report: AttemptEvent): AttemptEnd | undefined {
  switch (report.type) {
    case 'JobStarted':
    case 'JobProgressed':
      return undefined
    case 'JobSucceeded':
      return succeeded(report.data.result)
    case 'JobFailed': {
      const { reason, error, retry, retryAfterMs } = report.data
      const later = retryAfterMs === undefined ? {} : { retryAfterMs: boundedDelay(retryAfterMs) }
      return { outcome: 'failed', reason, error: boundedBytes(error, MAX_ERROR_BYTES), retry, ...later }
    }
    case 'JobReturned': {
      const { reason, error } = report.data
      return {
        outcome: 'returned',
        reason,
        ...(error === undefined ? {} : { error: boundedBytes(error, MAX_ERROR_BYTES) }),
      }
    }
  }
}

/** A result that is too long would be too long again, so there is no other attempt. */
function succeeded(value: unknown): AttemptEnd {
  if (value === undefined) return { outcome: 'succeeded' }
  const result = JSON.stringify(value)
  const bytes = Buffer.byteLength(result)
  if (bytes <= MAX_JOB_BYTES) return { outcome: 'succeeded', result }
  const error = `The result has ${bytes} bytes of JSON, and at most ${MAX_JOB_BYTES} are stored: store it elsewhere and return where it is`
  return { outcome: 'failed', reason: 'result-invalid', error, retry: false }
}
