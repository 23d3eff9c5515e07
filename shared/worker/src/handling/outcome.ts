import { MAX_ERROR_BYTES, MAX_JOB_BYTES, type ResultEvents } from '../../../src/events/index.ts'
import { boundedBytes } from '../../../src/failures/bounded-text.ts'
import { type AbortReason, DoNotRetry, PauseKind, RetryAfter } from '../errors.ts'

type OutcomeType = 'JobSucceeded' | 'JobFailed' | 'JobReturned'
type DataOf<Type extends OutcomeType> = Omit<ResultEvents[Type]['data'], 'worker' | 'job' | 'attempt'>

/** How an attempt ended: the type of the event that reports it, and its fields. It can be passed between threads. */
export type AttemptOutcome = { [Type in OutcomeType]: { type: Type; data: DataOf<Type> } }[OutcomeType]

export type ReturnReason = DataOf<'JobReturned'>['reason']
type Failure = DataOf<'JobFailed'>

/** @param error what came in the way, for people */
export const returned = (reason: ReturnReason, error?: string): AttemptOutcome => ({
  type: 'JobReturned',
  data: { reason, ...(error === undefined ? {} : { error: boundedBytes(error, MAX_ERROR_BYTES) }) },
})

export const failed = (failure: Failure): AttemptOutcome => ({
  type: 'JobFailed',
  data: { ...failure, error: boundedBytes(failure.error, MAX_ERROR_BYTES) },
})

/** The outcome of an attempt whose handler returned a value. */
export function outcomeOfResult(value: unknown): AttemptOutcome {
  const { json, error } = asJson(value)
  const invalid = (problem: string) =>
    failed({ reason: 'result-invalid', error: `The result of the handler ${problem}`, retry: false })
  if (error !== undefined) return invalid(`is not JSON: ${error}`)
  if (json === undefined) return { type: 'JobSucceeded', data: {} }
  const bytes = Buffer.byteLength(json)
  if (bytes > MAX_JOB_BYTES)
    return invalid(`has ${bytes} bytes as JSON, ${MAX_JOB_BYTES} are allowed: store it and return its place`)
  return { type: 'JobSucceeded', data: { result: JSON.parse(json) as unknown } }
}

/** Returns a value as JSON; nothing for undefined. */
function asJson(value: unknown): { json?: string; error?: string } {
  if (value === undefined) return {}
  try {
    const json = JSON.stringify(value) as string | undefined
    return json === undefined ? { error: `it is a ${typeof value}` } : { json }
  } catch (error) {
    return { error: (error as Error).message }
  }
}

/**
 * The outcome of an attempt whose handler threw an error.
 * @param aborted why the signal of the job was aborted before; undefined if it was not
 */
export function outcomeOfError(error: unknown, aborted: AbortReason | undefined): AttemptOutcome {
  if (aborted !== undefined && aborted !== 'timeout') return returned(aborted)
  return failed({
    reason: aborted === 'timeout' ? 'timeout' : 'error',
    error: error instanceof Error ? (error.stack ?? String(error)) : String(error),
    retry: !(error instanceof DoNotRetry),
    ...(error instanceof RetryAfter ? { retryAfterMs: error.ms } : {}),
    ...(error instanceof PauseKind ? { pauseMs: error.ms } : {}),
  })
}
