import type { Kind } from '../../kinds/kind.ts'
import type { Ending } from '../../stored/finish-store.ts'
import { dueState, type Job, type PastAttempt, rankOf } from '../../stored/job.ts'

/** How an attempt ended. `alone`: its worker ran no other attempt when it died. */
export type AttemptEnd =
  | { outcome: 'succeeded'; result?: string }
  | { outcome: 'failed'; reason: string; error: string; retry: boolean; retryAfterMs?: number }
  | { outcome: 'returned'; reason: string; error?: string }
  | { outcome: 'crashed'; alone: boolean }

/** A job that waits for its next attempt. */
export interface Waiting {
  state: 'ready' | 'held' | 'delayed'
  /** When a delayed job is due, by MongoDB's clock. */
  dueAt?: Date
  /** A new place among the ready jobs; absent: it keeps its place. */
  rank?: Date
  failures: number
  crashes: number
  suspect: boolean
  past: PastAttempt
}

/** What a job becomes when its attempt has ended. */
export type NextState = { ends: Ending } | { waits: Waiting }

/** What the decision needs of a job, as it is while an attempt is in hand. */
export type HeldJob = Pick<
  Job,
  | 'attempt'
  | 'worker'
  | 'startedAt'
  | 'failures'
  | 'crashes'
  | 'priority'
  | 'suspect'
  | 'cancelAskedAt'
  | 'gate'
>

/** After so many deaths of workers that ran only this job, it fails. */
export const MAX_CRASHES = 3
/** How long a job waits that was sent to a worker without a handler for its kind. */
const UNKNOWN_KIND_MS = 5000

/**
 * Decides what a job becomes when its attempt has ended.
 * @param now MongoDB's time
 * @param random a number from 0 to 1, which spreads retries
 */
export function nextState(
  job: HeldJob,
  kind: Pick<Kind, 'attempts' | 'backoff'>,
  end: AttemptEnd,
  { now, random }: { now: Date; random: number },
): NextState {
  const past = pastAttempt(job, end, now)
  if (end.outcome === 'succeeded')
    return { ends: { state: 'succeeded', at: now, past, ...withResult(end.result) } }
  const next = afterTrouble(job, kind, end, random)
  if ('reason' in next) return { ends: { state: 'failed', at: now, past, ...next } }
  if (job.cancelAskedAt !== undefined) return { ends: { state: 'cancelled', at: now, past } }
  const { delayMs, ...kept } = next
  if (delayMs === undefined) return { waits: { state: dueState(job.gate), ...kept, past } }
  const dueAt = new Date(now.getTime() + delayMs)
  const keepsRank = end.outcome === 'returned'
  const rank = keepsRank ? {} : { rank: rankOf(dueAt, job.priority) }
  return { waits: { state: 'delayed', dueAt, ...rank, ...kept, past } }
}

type Next =
  | { reason: string; error: string }
  | (Pick<Waiting, 'failures' | 'crashes' | 'suspect'> & { delayMs?: number })

function afterTrouble(
  { failures, crashes, suspect = false }: HeldJob,
  kind: Pick<Kind, 'attempts' | 'backoff'>,
  end: Exclude<AttemptEnd, { outcome: 'succeeded' }>,
  random: number,
): Next {
  switch (end.outcome) {
    case 'returned':
      return {
        failures,
        crashes,
        suspect,
        ...(end.reason === 'unknown-kind' ? { delayMs: UNKNOWN_KIND_MS } : {}),
      }
    case 'failed': {
      const { reason, error, retry, retryAfterMs = 0 } = end
      if (!retry || failures + 1 >= kind.attempts) return { reason, error }
      const delayMs = backoffMs(kind.backoff, failures + 1, { random, atLeastMs: retryAfterMs })
      return { failures: failures + 1, crashes, suspect: false, delayMs }
    }
    case 'crashed': {
      // Which of several attempts killed the worker is not known: the next attempts of all have a worker for themselves.
      if (!end.alone) return { failures, crashes, suspect: true }
      const error = `Its worker died ${MAX_CRASHES} times while it ran nothing else`
      if (crashes + 1 >= MAX_CRASHES) return { reason: 'crashed', error }
      const delayMs = backoffMs(kind.backoff, crashes + 1, { random, atLeastMs: 0 })
      return { failures, crashes: crashes + 1, suspect: true, delayMs }
    }
  }
}

/**
 * Computes the pause before the next attempt in milliseconds. The jitter is added, so that no retry comes before the time
 * that a handler asked for.
 */
function backoffMs(
  { initialMs, factor, capMs, jitter }: Kind['backoff'],
  n: number,
  { random, atLeastMs }: { random: number; atLeastMs: number },
): number {
  const pause = Math.max(Math.min(capMs, initialMs * factor ** (n - 1)), atLeastMs)
  return Math.round(pause * (1 + jitter * random))
}

function pastAttempt({ attempt, worker, startedAt }: HeldJob, end: AttemptEnd, endedAt: Date): PastAttempt {
  const wasCancelled = end.outcome === 'returned' && end.reason === 'cancelled'
  return {
    attempt,
    ...(worker === undefined ? {} : { worker }),
    ...(startedAt === undefined ? {} : { startedAt }),
    endedAt,
    outcome: wasCancelled ? 'cancelled' : end.outcome,
    ...('reason' in end ? { reason: end.reason } : {}),
    ...('error' in end ? { error: end.error } : {}),
  }
}

const withResult = (result: string | undefined) => (result === undefined ? {} : { result })
