import type { Counts } from '@daybook/shared/events'
import type { WithOutbox } from '@daybook/shared/outbox'

/** Members that a group has accepted and that may not be stored as jobs yet. */
export interface GroupBatch {
  id: string
  /** When they were accepted: their times count from here. */
  at: Date
  /** The members as JSON text: a list of `{ id, request }`. */
  jobs: string
  traceparent?: string
}

/**
 * A document of the collection `job_groups`.
 * - `open`: jobs can be added;
 * - `closed`: no more jobs can be added; some may not have ended;
 * - `finished`: all jobs have ended, `counts` is final, and the continuation is added or about to be (`thenDue`).
 */
export interface JobGroup extends WithOutbox {
  state: 'open' | 'closed' | 'finished'
  owner: string
  addedAt: Date
  /** The job whose handler requested the group. */
  parent?: string
  /** A `Continuation` as JSON text. */
  then?: string
  fingerprint?: string
  closedAt?: Date
  /**
   * One update of the group accepts a batch or closes the group. So members that are accepted while the group is closed are
   * either a part of it or refused, and a group with a batch has not finished.
   */
  batches?: GroupBatch[]
  finishedAt?: Date
  counts?: Counts
  thenDue?: boolean
  removeAt?: Date
}
