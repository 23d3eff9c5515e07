import type { Counts } from '@daybook/shared/events'
import type { WithOutbox } from '@daybook/shared/outbox'

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
  finishedAt?: Date
  counts?: Counts
  thenDue?: boolean
  removeAt?: Date
}
