import type { Cause, JobRequest, RequestEvents } from '@daybook/shared/events'
import type { Fault } from '@daybook/shared/failures/errors'
import type { Kind } from '../kinds/kind.ts'
import type { Job } from '../stored/job.ts'

/** What a schedule does when it fires and its last job has not ended. */
export type Overlap = NonNullable<RequestEvents['JobRequested']['data']['overlap']>

/** A job that somebody requests. */
export interface NewJob {
  /** An id that the requester chose: the same request twice under one id makes one job. Absent: the job gets a new id. */
  id?: string
  /** See `Job.owner`. */
  owner: string
  request: JobRequest
  /** The group of which it becomes a member. */
  group?: string
  /** Only for a continuation: what it continues. */
  cause?: Cause
  /** The schedule that requests it, and what to do when the last job of the schedule has not ended. */
  schedule?: string
  overlap?: Overlap
  traceparent?: string
}

/** What became of a request. */
export interface Added {
  /** The id of the job. With `coalesced` it is the id of the job that waited, not the id that the requester chose. */
  id: string
  /**
   * - `added`: the job is stored;
   * - `exists`: the same request was added under this id before; its job may have ended, and may have been removed;
   * - `coalesced`: a job that waited runs for this request too;
   * - `skipped`: the last job of the schedule has not ended, so this one is stored as cancelled.
   */
  status: 'added' | 'exists' | 'coalesced' | 'skipped'
  /** The job as it was stored by this request. */
  job?: Job
}

/** What adding needs of the kinds of jobs. */
export interface KindRules {
  /** The rules of kinds by name; the defaults for a kind that nobody has defined. */
  getMany: (names: Iterable<string>) => Promise<Map<string, Kind>>
  /** The faults of the data by the JSON Schema of the kind, with pointers from the data on; none if it has no schema. */
  validateData: (kind: Kind, data: unknown) => Fault[]
}
