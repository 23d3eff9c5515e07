export { type AuthOptions, bearerToken, type User } from './auth/auth.ts'
export type { Checks, Consumers } from './health.ts'
export type { App } from './routes/app.ts'
export {
  created,
  etagOf,
  etagOfBody,
  etagText,
  IfMatch,
  IfMatchOrNone,
  IfNoneMatch,
  versioned,
} from './routes/etag.ts'
export { eventStreams, type Followed, lastEventField, streamAnswers } from './routes/event-stream.ts'
export { idempotencyField } from './routes/idempotency-key.ts'
export { LIMITS, type Limits } from './routes/limits.ts'
export { pageOf } from './routes/page.ts'
export {
  checkPreconditions,
  isNoneMatch,
  isNoneMatchTag,
  type Preconditions,
  versionsOf,
} from './routes/preconditions.ts'
export { preferenceApplied, preferField, waitAsPreferred } from './routes/prefer-wait.ts'
export { asDaybookError, Problem, problemFor, problems } from './routes/problem.ts'
export { soundFields } from './routes/sound-fields.ts'
export { makeWaiters, type Waiters } from './routes/waiters.ts'
export { authFrom, buildServer, clientsFrom, listen, type ServerOptions } from './server.ts'
