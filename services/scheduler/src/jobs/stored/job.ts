import type { WithOutbox } from '@daybook/shared/outbox'

/** The states of a job that has not ended. The API shows the first three as `waiting`. */
export const openStates = ['delayed', 'ready', 'held', 'sent', 'running'] as const
export const waitingStates = ['delayed', 'ready', 'held'] as const
/** The final states. */
export const finalStates = ['succeeded', 'failed', 'cancelled', 'expired'] as const

export type WaitingState = (typeof waitingStates)[number]
export type FinalState = (typeof finalStates)[number]

/**
 * - `delayed`: waits until `dueAt`;
 * - `ready`: due, a dispatcher may send it;
 * - `held`: due, but as many jobs of its gate are ready or in hand as may run at once;
 * - `sent`: an attempt is published for a worker, which has not reported its start;
 * - `running`: a worker has reported the start of the attempt.
 */
export type JobState = (typeof openStates)[number] | FinalState

/** One attempt that has ended. */
export interface PastAttempt {
  attempt: number
  /** The id of the worker. */
  worker?: string
  /** Absent when the attempt did not start. By the broker's clock. */
  startedAt?: Date
  endedAt: Date
  outcome: 'succeeded' | 'failed' | 'returned' | 'crashed' | 'cancelled'
  reason?: string
  error?: string
}

/**
 * A document of the collection `jobs`. Times are by MongoDB's clock, except where they say that they are by the broker's.
 * Values that people write (`data`, `result`, `then`, `cause`) are JSON text, because not all JSON can be stored as BSON.
 */
export interface Job extends WithOutbox {
  kind: string
  /** The lane of the kind when the job became ready or was added. */
  lane: string
  data: string
  /**
   * The requester: a token's `sub`, `schedule:<name>` or `kafka`. A continuation, and a job that a handler requests, have the
   * owner of the job or group before them. Tokens with the scope `jobs` see their own jobs.
   */
  owner: string
  key?: string
  /**
   * Names what limits how many of its jobs are in hand at once: `key:<kind>/<key>` for a kind with `perKey`, or
   * `series:<schedule>`. Absent: no such limit.
   */
  gate?: string
  /** Set while a coalescing job waits for its first attempt: names owner, kind and key. Unique, so that one such job waits. */
  slot?: string
  /** The first request of a coalescing job, from which `maxDelay` counts. */
  firstRequestedAt?: Date
  /** 1, the most urgent, to 5. */
  priority: number
  /** The order in which ready jobs are sent: see `rankOf`. */
  rank: Date
  state: JobState
  addedAt: Date
  /** When it becomes ready: set while it is delayed, and kept afterwards. */
  dueAt: Date

  /** The hash of the request, for ids that the requester chose: another request under the id is refused. */
  fingerprint?: string
  /** The group that the job is a member of. */
  group?: string
  /** A `Continuation` as JSON text. */
  then?: string
  /** A `Cause` as JSON text: only in continuations. */
  cause?: string
  /** The schedule that added it. */
  schedule?: string
  traceparent?: string

  /** When it expires if it has not started. `expiryFrom` says up to when stops of this clock are included. */
  expiresAt?: Date
  expiryFrom?: Date

  /** The number of the last attempt that was sent; 0 before the first one. */
  attempt: number
  /** Attempts that failed, and attempts whose worker died while it ran nothing else. */
  failures: number
  crashes: number
  /** True after its worker died while it ran several jobs: the next attempt has a worker for itself. */
  suspect?: boolean
  /** The newest 10 attempts that have ended, oldest first. */
  attempts?: PastAttempt[]

  /** Of the attempt in hand. `worker` is the assigned one until the attempt starts. */
  worker?: string
  /** The id of the dispatch that sent it. */
  sentIn?: string
  /** The same in jobs that an earlier version has sent. */
  dispatch?: string
  sentAt?: Date
  /** The attempt may start between these two, by the broker's clock. */
  startFrom?: Date
  startBy?: Date
  /** By the broker's clock. */
  startedAt?: Date
  /** Numbered places in limits, `<limit>#<n>`: unique over all jobs. */
  places?: string[]
  progress?: { done: number; total: number; note?: string; at: Date }
  cancelAskedAt?: Date

  /** Of a job that has ended. */
  finishedAt?: Date
  result?: string
  reason?: string
  error?: string
  /** True until its continuation is added. */
  thenDue?: boolean
  /** When the document may be removed. */
  removeAt?: Date
}

/** The state of a job that is due. One with a gate becomes ready only when its gate is free. */
export const dueState = (gate: string | undefined) => (gate === undefined ? 'ready' : 'held')

/** How much earlier each level of priority is sent: a job that waits this long overtakes new jobs of the next level. */
export const AGEING_MS = 300_000

/**
 * Computes the place of a job among the ready jobs of its lane: the job with the earliest rank is sent first. Because waiting
 * raises every job alike, the rank never changes while a job waits.
 */
export const rankOf = (dueAt: Date, priority: number): Date =>
  new Date(dueAt.getTime() + priority * AGEING_MS)
