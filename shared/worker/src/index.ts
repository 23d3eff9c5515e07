/**
 * Runs jobs of Daybook in a process of your own, and adds jobs.
 *
 * ```ts
 * import { worker } from '@daybook/worker'
 * import { Type } from 'typebox'
 *
 * const Invoice = Type.Object({ invoice: Type.Integer(), to: Type.String() })
 *
 * worker({ lane: 'mail', concurrency: 8 })
 *   .handle('send-invoice', Invoice, async (data, job) =>
 *     mailer.send(data, { idempotencyKey: job.id, signal: job.signal }))
 *   .start()
 * ```
 *
 * This is a complete program. It reads KAFKA_BROKERS, TOPIC_PREFIX and the other settings from the environment, writes its
 * log to the standard output, and ends on SIGTERM. A job may run more than once, for example when a machine dies after the
 * work and before the report of it: give its id to the systems that do the work, so that they do it once.
 *
 * - `worker` runs handlers: `job` tells a handler what it needs to know. See `Worker`, `Handler` and `Job`.
 * - `DoNotRetry`, `RetryAfter` and `PauseKind` are errors that say what is to happen after a failure.
 * - `client` adds jobs over REST, waits for their end and cancels them.
 * - `testing` runs a handler of a worker in the process of a test, without Kafka.
 */
export type { Cause, Continuation, JobRequest } from '../../src/events/index.ts'
export { client } from './client/client.ts'
export type { Api } from './client/request.ts'
export type { JobClient, JobOptions, JobResult, JobState, JobStatus } from './client/types.ts'
export {
  type AbortReason,
  DoNotRetry,
  JobAborted,
  PauseKind,
  RequestRefused,
  RetryAfter,
} from './errors.ts'
export { worker } from './slots/worker.ts'
export {
  type SpawnedGroup,
  type TestAttempt,
  type Testing,
  type TestOutcome,
  testing,
} from './testing/testing.ts'
export type { Handler, Job, Progress, Spawned, Worker, WorkerOptions } from './types.ts'
