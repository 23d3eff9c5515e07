/** The errors by which a handler says what is to happen after a failure. Any other error is retried as the kind says. */

/** Another attempt would fail too: the job fails now. */
export class DoNotRetry extends Error {
  override readonly name = 'DoNotRetry'
}

/** The job may be tried again after a time. */
export class RetryAfter extends Error {
  override readonly name = 'RetryAfter'
  /** The shortest time until the next attempt, in milliseconds. A longer backoff of the kind applies. */
  readonly ms: number

  constructor(ms: number, message = `to be tried again in ${ms} ms`, options?: ErrorOptions) {
    super(message, options)
    this.ms = wholeMilliseconds(ms)
  }
}

/** No job of this kind may start for a time: another system asks to be left alone, for example with status 429. */
export class PauseKind extends Error {
  override readonly name = 'PauseKind'
  /** For how long no job of the kind may start, in milliseconds. */
  readonly ms: number

  constructor(ms: number, message = `no job of this kind may start for ${ms} ms`, options?: ErrorOptions) {
    super(message, options)
    this.ms = wholeMilliseconds(ms)
  }
}

function wholeMilliseconds(ms: number): number {
  if (Number.isFinite(ms) && ms >= 0) return Math.ceil(ms)
  throw new RangeError(`${ms} is not a time: give milliseconds, 0 or more`)
}

/** Why the signal of a job was aborted: `signal.reason` is an error of this class. */
export class JobAborted extends Error {
  override readonly name = 'JobAborted'
  readonly reason: AbortReason

  constructor(reason: AbortReason) {
    super(texts[reason])
    this.reason = reason
  }
}

/**
 * `timeout`: the soft timeout has passed. `cancelled`: somebody cancelled the job. `lost`: the worker does not hold the attempt
 * any more, and its outcome does not count. `stopping`: the worker stops and its stop timeout has passed.
 */
export type AbortReason = 'timeout' | 'cancelled' | 'lost' | 'stopping'

const texts: Record<AbortReason, string> = {
  timeout: 'the handler ran longer than the soft timeout of its kind',
  cancelled: 'the job was cancelled',
  lost: 'the worker lost the attempt, because its heartbeats did not arrive or because another worker has it',
  stopping: 'the worker stops',
}

/** An answer of Daybook's REST API that refuses a request. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused'
  /** The HTTP status. */
  readonly status: number
  /** The code of the problem, as in `DAYBOOK_JOB_CONFLICT`; undefined if the answer has none. */
  readonly code: string | undefined

  constructor(status: number, code: string | undefined, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
