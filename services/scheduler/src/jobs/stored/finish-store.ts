import type { JobEvents } from '@daybook/shared/events'
import { outboxEntries } from '@daybook/shared/outbox'
import type { UpdateQuery } from 'mongoose'
import type { FinalState, Job, PastAttempt } from './job.ts'
import { present } from './present.ts'

/** For how many milliseconds a job is kept after it ended. */
export type Retention = Record<FinalState, number>

/** How a job ends. */
export interface Ending {
  state: FinalState
  at: Date
  reason?: string
  error?: string
  /** JSON text. */
  result?: string
  /** The attempt that ended with the job, if there was one in hand. */
  past?: PastAttempt
}

/** The newest attempts that a job keeps. */
export const MAX_ATTEMPTS = 10

/** The part of an update that adds an attempt that has ended. */
export const pastAttempts = (past: PastAttempt[]) =>
  past.length === 0 ? {} : { attempts: { $each: past, $slice: -MAX_ATTEMPTS } }

/** The part of an update that removes what only an attempt in hand has, or a job that waits for its first one. */
export const attemptEnded = {
  slot: '',
  worker: '',
  sentIn: '',
  dispatch: '',
  sentAt: '',
  startFrom: '',
  startBy: '',
  startedAt: '',
  places: '',
} as const

/**
 * The update that ends a job. It stores the JobFinished too. The caller's filter must say that the job has not ended, and
 * which attempt is in hand; afterwards the caller emits the signal `finished`.
 * @param job as it was read
 */
export function finishUpdate(job: Job, ending: Ending, retention: Retention): UpdateQuery<Job> {
  const { past } = ending
  return {
    $set: endingFields(job, ending, retention),
    $unset: { ...attemptEnded, expiresAt: '', expiryFrom: '', suspect: '' },
    $push: {
      ...pastAttempts(past ? [past] : []),
      outbox: { $each: outboxEntries([jobFinished(job, ending)]) },
    },
  }
}

/** Makes the document of a job that is added as ended: it is never run. */
export function endedJob(job: Job, ending: Ending, retention: Retention): Job {
  const { slot, expiresAt, expiryFrom, ...ended } = job
  const outbox = outboxEntries([jobFinished(job, ending)])
  return { ...ended, ...endingFields(job, ending, retention), outbox }
}

/** The fields that say how a job ended. */
export function endingFields(job: Job, { state, at, reason, error, result }: Ending, retention: Retention) {
  const given = { reason, error, result, ...(continues(job, state) ? { thenDue: true } : {}) }
  return {
    state,
    finishedAt: at,
    removeAt: new Date(at.getTime() + retention[state]),
    ...present(given),
  }
}

/** Whether the continuation of a job is added when it ends in this state. */
function continues({ then }: Job, state: FinalState): boolean {
  if (then === undefined) return false
  const { on = 'success' } = JSON.parse(then) as { on?: 'success' | 'finish' }
  return on === 'finish' || state === 'succeeded'
}

/** The fields of a job that its JobFinished has. */
export const finishedFields = {
  kind: 1,
  key: 1,
  group: 1,
  schedule: 1,
  attempt: 1,
  addedAt: 1,
  traceparent: 1,
} as const

/** The event about the end of a job. It is the same each time it is made for the same end. */
export function jobFinished(job: Job, { state, at, reason, error }: Ending): JobEvents['JobFinished'] {
  const { _id, kind, key, group, schedule, attempt, addedAt, traceparent } = job
  const given = { key, group, schedule, reason, error }
  return {
    // A job that is retried ends again: consumers must not take the second event for a repetition of the first.
    id: `${_id}:finished:${at.getTime()}`,
    type: 'JobFinished',
    source: '/daybook/scheduler',
    subject: _id,
    time: at.toISOString(),
    ...(traceparent === undefined ? {} : { traceparent }),
    data: {
      job: _id,
      kind,
      state,
      attempts: attempt,
      addedAt: addedAt.toISOString(),
      finishedAt: at.toISOString(),
      ...present(given),
    },
  }
}
