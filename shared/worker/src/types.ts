import type { Logger } from 'pino'
import type { Static, TSchema } from 'typebox'
import type { Cause, Continuation, JobRequest } from '../../src/events/index.ts'

/** What a worker is. */
export interface WorkerOptions {
  /** The lane or the lanes whose jobs it runs; default: `default`. */
  lane?: string | readonly string[]
  /** How many handlers it runs at once; default: 8. */
  concurrency?: number
  /** Its name, for people; default: the name of the host. */
  name?: string
  /** The version of the program, for people; default: empty. */
  version?: string
  /**
   * How long running handlers may take to end after SIGTERM, in milliseconds; default: 20,000. Then their signals are
   * aborted.
   */
  stopTimeout?: number
  /**
   * How long a handler may take to end after its signal was aborted because the worker stops, and after the hard timeout,
   * in milliseconds; default: 5000. Then the process ends.
   */
  graceTime?: number
}

/** A worker with handlers. */
export interface Worker {
  /**
   * Adds the handler of a kind.
   * @param schema the JSON Schema of the data, for example made with TypeBox; it also gives `data` its type. Data that do not
   *   match fail as `invalid-data`, without a retry
   * @throws Error when the kind has a handler, or when the schema or the name of the kind is invalid
   */
  handle<const Schema extends TSchema>(kind: string, schema: Schema, handler: Handler<Static<Schema>>): Worker
  /**
   * Starts the worker as a process: it reads its settings from the environment, runs jobs, and ends on SIGTERM and SIGINT.
   * Wrong settings end the process with code 1.
   */
  start(): void
}

/**
 * Runs one attempt of a job. The job succeeds with the value that the handler returns: JSON of at most 64 KB, or undefined. It
 * fails with the error that the handler throws.
 */
export type Handler<Data> = (data: Data, job: Job) => unknown

/** A running attempt of a job, as its handler sees it. */
export interface Job {
  /** The id of the job: the same in all attempts. Other systems can use it to do the work once. */
  readonly id: string
  /** The number of the attempt, from 1. Returned attempts count too. */
  readonly attempt: number
  readonly kind: string
  readonly key: string | undefined
  /** How many attempts have failed before. */
  readonly failures: number
  /** Aborted when the handler is to end; its reason is a `JobAborted`. Pass it to `fetch` and other calls that take long. */
  readonly signal: AbortSignal
  /** When the attempt fails as `timeout`; undefined if the kind has no timeout. */
  readonly deadline: Date | undefined
  /** In a continuation: how the job or the group before it ended. */
  readonly cause: Cause | undefined
  /**
   * The W3C trace context in which the job was added. A request that sends it on as its header `traceparent` belongs to the same
   * trace. Undefined when the event of the attempt has none.
   */
  readonly traceparent: string | undefined
  /** A log whose lines name the job. */
  readonly log: Logger
  /**
   * Reports how far the handler is. Reports within one second of the previous one are merged; the last one is always sent.
   * @param done,total numbers of the handler's choice, 0 or more
   * @param note at most 500 characters
   */
  progress(done: number, total: number, note?: string): void
  /**
   * Adds jobs as a group, in the trace of this job. Resolves when Kafka has the request. The ids are derived from this job, so an attempt that is
   * repeated adds the same jobs, and they run once.
   * @param jobs 1 to 1000 jobs, together at most about 900 KB
   * @param then a job to add when all of them have ended
   * @throws Error when the jobs are invalid or too many
   */
  spawn(jobs: readonly JobRequest[], then?: Continuation): Promise<Spawned>
}

/** The ids of a spawned group and of its jobs, in order. */
export interface Spawned {
  group: string
  jobs: string[]
}

/** A report of `job.progress`. */
export interface Progress {
  done: number
  total: number
  note?: string
}
