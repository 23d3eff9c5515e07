import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { isNotAuthorized } from './errors.ts'
import { waitLog } from './wait-log.ts'

/**
 * Recognises the outages of one server or library.
 * @returns the error that tells an operator why work waits: often the given error itself; undefined when the error is no outage
 */
export type OutageRule = (error: Error) => Error | undefined

const rules = new Set<OutageRule>([
  // Work that lacks a right waits until an operator grants it.
  error => (isNotAuthorized(error) ? error : undefined),
  diskOutage,
])

/** Adds a rule for the errors of a library. The modules that connect to MongoDB and to Kafka add theirs when they are loaded. */
export function addOutageRule(rule: OutageRule): void {
  rules.add(rule)
}

/**
 * Returns the reason of an outage: the store, the broker or the disk is unreachable, full, or does not authorize Daybook.
 * The same work can succeed later, so it waits. Work that fails with any other error is parked after some attempts.
 * @returns the error that tells an operator why work waits; undefined when the error is no outage
 */
export function outageReason(error: unknown): Error | undefined {
  if (!(error instanceof Error)) return undefined
  for (const rule of rules) {
    const reason = rule(error)
    if (reason !== undefined) return reason
  }
  return undefined
}

/** Returns whether an error is an outage, see `outageReason`. */
export const isOutage = (error: unknown): boolean => outageReason(error) !== undefined

// The disk is full, missing or read-only, or this process has too many files open. The cause is not the message that is
// handled.
const diskTroubles = new Set([
  'ENOSPC',
  'EDQUOT',
  'EIO',
  'EROFS',
  'EMFILE',
  'ENFILE',
  'EACCES',
  'EPERM',
  'EBUSY',
  'ENOMEM',
  'ENODEV',
  'ENXIO',
  // Errors of network file systems.
  'ESTALE',
  'ETIMEDOUT',
  'ENOTCONN',
  'EHOSTDOWN',
  'EREMOTEIO',
])

function diskOutage(error: Error): Error | undefined {
  return 'code' in error && diskTroubles.has(String(error.code)) ? error : undefined
}

/**
 * Returns the pause in milliseconds before attempt `n` (from 1): 100, doubling up to 10,000. A random part keeps
 * processes from retrying together.
 */
export function backoff(n: number): number {
  return Math.min(10_000, 100 * 2 ** Math.min(n - 1, 7)) * (0.75 + Math.random() / 4)
}

/**
 * Repeats an attempt until no outage prevents it, without a time limit.
 * @param what names the work in the log, as in "publishing events"
 * @param options.onWait called with the reason of each outage, before the pause
 * @throws the error of `attempt` when it is no outage; AbortError when `signal` ends the waiting
 */
export async function waitOut<T>(
  what: string,
  attempt: () => Promise<T>,
  { log, signal, onWait }: { log: Logger; signal?: AbortSignal; onWait?: (reason: Error) => void },
): Promise<T> {
  const waiting = waitLog(log, `${what}: waiting for an outage to end`)
  for (let n = 1; ; n += 1) {
    try {
      const result = await attempt()
      waiting.succeeded()
      return result
    } catch (error) {
      const reason = outageReason(error)
      if (reason === undefined) throw error
      waiting.failed(error as Error, reason, n)
      onWait?.(reason)
      await sleep(backoff(n), undefined, signal === undefined ? {} : { signal })
    }
  }
}
