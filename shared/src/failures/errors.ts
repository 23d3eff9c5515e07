/**
 * The catalogue of Daybook's errors: code and title. docs/errors.md lists the same codes. The meaning of a code never
 * changes. http/routes/problem.ts chooses the HTTP statuses.
 */
export const catalogue = {
  DAYBOOK_ATTEMPT_TAKEN: 'Another worker runs this attempt',
  DAYBOOK_AUTH_FORBIDDEN: 'The token does not allow this request',
  DAYBOOK_AUTH_REQUIRED: 'The request needs a valid bearer token',
  DAYBOOK_AUTH_UNAVAILABLE: 'Tokens cannot be checked',
  DAYBOOK_CONFIG_INVALID: 'The settings are invalid',
  DAYBOOK_DAY_EMPTY: 'No task was completed on this day',
  DAYBOOK_DAY_NOT_ENDABLE: 'The day cannot be ended',
  DAYBOOK_DAY_NOT_OVER: 'The day is not over',
  DAYBOOK_DAY_OVERDUE: 'The end of a day was not published in time',
  DAYBOOK_DAY_UNREAD: 'Reporting has not read the end of a day in time',
  DAYBOOK_DEAD_LETTER_BUSY: 'A replay has the dead letter now',
  DAYBOOK_DEAD_LETTER_NOT_FOUND: 'There is no such dead letter',
  DAYBOOK_DEAD_LETTER_NOT_STORED: 'A message can neither be handled nor stored as a dead letter',
  DAYBOOK_ERASURE_NOT_FOUND: 'There is no such erasure',
  DAYBOOK_EVENTS_UNAVAILABLE: 'The events are not read yet',
  DAYBOOK_GROUP_CLOSED: 'The group takes no more jobs',
  DAYBOOK_GROUP_NOT_FOUND: 'There is no such group',
  DAYBOOK_IDEMPOTENCY_KEY_REUSED: 'The Idempotency-Key stands for another request',
  DAYBOOK_INTERNAL: 'The service failed unexpectedly',
  DAYBOOK_JOB_CONFLICT: 'The id stands for another request',
  DAYBOOK_JOB_ENDED: 'The job or the attempt has ended',
  DAYBOOK_JOB_NOT_FOUND: 'There is no such job',
  DAYBOOK_KAFKA_BATCH_UNDECODABLE: 'A batch of records cannot be decoded',
  DAYBOOK_KAFKA_CONSUMER_CRASHED: 'A Kafka consumer stopped and will not start again by itself',
  DAYBOOK_KAFKA_CONSUMER_STALLED: 'A Kafka consumer does not respond',
  DAYBOOK_KAFKA_OFFSETS_GONE: 'Records were deleted before they were read',
  DAYBOOK_KAFKA_SKIP_REFUSED: 'The batch cannot be skipped',
  DAYBOOK_KAFKA_TOPIC_DRIFT: 'A topic differs from its definition',
  DAYBOOK_KIND_CHANGED: 'The kind has changed since you read it',
  DAYBOOK_KIND_NOT_FOUND: 'There is no such kind',
  DAYBOOK_LIMIT_CHANGED: 'The limit has changed since you read it',
  DAYBOOK_LIMIT_IN_USE: 'Kinds use the limit',
  DAYBOOK_LIMIT_NOT_FOUND: 'There is no such limit',
  DAYBOOK_LOGIN_REFUSED: 'Kafka, MongoDB or the bucket refuses the login',
  DAYBOOK_LOG_NOT_WRITTEN: 'The log of this day is not written yet',
  DAYBOOK_LOG_REMOVED: 'The log of this day was removed because of its age',
  DAYBOOK_MAIL_LOGGED: 'A mail was logged because it has nowhere to go',
  DAYBOOK_MAIL_REFUSED: 'The SMTP server refuses a mail for good',
  DAYBOOK_MAIL_WAITING: 'Mails wait for the SMTP server',
  DAYBOOK_METHOD_NOT_ALLOWED: 'The path does not have this method',
  DAYBOOK_NOT_AUTHORIZED: 'Kafka, MongoDB or the bucket does not authorize an operation',
  DAYBOOK_REBUILD_REFUSED: 'The projection or the view cannot be rebuilt now',
  DAYBOOK_REQUEST_INVALID: 'The request is not valid',
  DAYBOOK_RERUN_NOT_FOUND: 'There is no such rerun',
  DAYBOOK_RERUN_OVERDUE: 'A rerun makes no progress',
  DAYBOOK_ROUTE_NOT_FOUND: 'There is no such path',
  DAYBOOK_RUN_NOT_FOUND: 'There is no such run',
  DAYBOOK_RUN_OVERDUE: 'The logs of a day are not written in time',
  DAYBOOK_RUN_PENDING: 'The run of this day is not made yet',
  DAYBOOK_SCHEDULE_BUILTIN: 'An end-of-day schedule cannot be changed',
  DAYBOOK_SCHEDULE_CHANGED: 'The schedule has changed since you read it',
  DAYBOOK_SCHEDULE_FAILED: 'A schedule is due and cannot be fired',
  DAYBOOK_SCHEDULE_NOT_FOUND: 'There is no such schedule',
  DAYBOOK_SCHEDULE_TOO_OFTEN: 'The schedule was fired by hand a moment ago',
  DAYBOOK_SEARCH_TOO_LONG: 'The search takes too long',
  DAYBOOK_SERVICE_AWAY: 'A service behind the gateway does not answer',
  DAYBOOK_SIGN_IN_REFUSED: 'The sign-in code does not work',
  DAYBOOK_STORE_UNAVAILABLE: 'The database cannot be reached',
  DAYBOOK_TASK_CHANGED: 'The task has changed since you read it',
  DAYBOOK_TASK_COMPLETED: 'A completed task cannot be edited',
  DAYBOOK_TASK_NOT_FOUND: 'There is no such task',
  DAYBOOK_TLS_REFUSED: 'Cannot make a secure connection to Kafka, MongoDB or the bucket',
  DAYBOOK_TOO_MANY_REQUESTS: 'The user sends too many requests',
  DAYBOOK_WORKER_NOT_FOUND: 'There is no such worker',
} as const

export type ErrorCode = keyof typeof catalogue

/** A fault of a request. `pointer` is a JSON pointer (RFC 6901) to the faulty part. */
export interface Fault {
  pointer: string
  detail: string
}

/** Makes a JSON pointer (RFC 6901) from the names and indexes that lead to a value. */
export const pointerTo = (path: (string | number)[]): string =>
  path.map(step => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** An error with a code of the catalogue. `message` says what happened and what to do. */
export class DaybookError extends Error {
  override readonly name = 'DaybookError'
  readonly code: ErrorCode
  readonly faults: readonly Fault[]

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; faults?: readonly Fault[] } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.faults = options.faults ?? []
  }
}

/**
 * Returns whether an error says that Kafka, MongoDB or the bucket does not authorize an operation: a retry succeeds only after an
 * operator grants the right.
 */
export const isNotAuthorized = (error: unknown): boolean =>
  error instanceof DaybookError && error.code === 'DAYBOOK_NOT_AUTHORIZED'
