import type { EmbeddedEvent, OutboxEntry } from '@daybook/shared/outbox'
import type { mongo } from 'mongoose'
import { attemptEnded, finishUpdate, pastAttempts, type Retention } from '../../stored/finish-store.ts'
import type { Job } from '../../stored/job.ts'
import type { NextState, Waiting } from './next-state.ts'

/** What is to be written about a job with an attempt in hand. */
export interface Change {
  /** The job as it was read. */
  read: Job
  started?: { worker: string; at: Date }
  progress?: NonNullable<Job['progress']>
  /** What the job becomes. Its lane is that of its kind now. */
  next?: NextState & { lane: string }
}

export type Filter = mongo.Filter<Job>
type Update = mongo.UpdateFilter<Job>

/** The update of jobs whose attempt has started. From its start on a job does not expire. */
export const startUpdate = (started: Change['started']) => ({
  $set: { state: 'running' as const, ...startFields(started) },
  $unset: { expiresAt: '', expiryFrom: '' } as const,
})

const startFields = (started: Change['started']) =>
  started === undefined ? {} : { worker: started.worker, startedAt: started.at }

/**
 * The filter that finds a job only if its attempt is still in hand as it was read. A wish to cancel that came after the job was
 * read must not be passed over when the job is about to wait.
 */
export function asRead({ read, next }: Change): Filter {
  const { _id, attempt, state, worker, cancelAskedAt } = read
  return {
    _id,
    attempt,
    state,
    ...(state === 'running' ? { worker } : {}),
    ...(next !== undefined && 'waits' in next ? { cancelAskedAt: cancelAskedAt ?? { $exists: false } } : {}),
  } as Filter
}

/** The update of a job that has changed otherwise than by a start alone. */
export function updateOf({ read, started, progress, next }: Change, retention: Retention): Update {
  if (next === undefined) {
    const running = started === undefined ? { $set: {} } : startUpdate(started)
    return {
      ...running,
      $set: { ...running.$set, ...(progress === undefined ? {} : { progress }) },
    } as Update
  }
  if ('ends' in next) return finishUpdate(read, next.ends, retention) as Update
  const hasStarted = started !== undefined || read.startedAt !== undefined
  return waitUpdate(next.waits, next.lane, hasStarted) as Update
}

function waitUpdate({ past, suspect, ...fields }: Waiting, lane: string, hasStarted: boolean) {
  return {
    $set: { ...fields, lane, ...(suspect ? { suspect } : {}) },
    $unset: {
      ...attemptEnded,
      progress: '',
      ...(suspect ? {} : { suspect: '' }),
      ...(hasStarted ? { expiresAt: '', expiryFrom: '' } : {}),
    },
    $push: pastAttempts([past]),
  }
}

/** The events that an update of a job stores. */
export function eventsIn(document: string, update: Update): EmbeddedEvent[] {
  const { outbox } = (update.$push ?? {}) as { outbox?: { $each: OutboxEntry[] } }
  return (outbox?.$each ?? []).map(({ event }) => ({ document, event }))
}
