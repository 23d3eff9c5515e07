import { setTimeout as sleep } from 'node:timers/promises'
import mongoose from 'mongoose'
import type { Logger } from 'pino'
import { isNotAuthorized, waitLog } from './wait-log.ts'

const {
  MongoBulkWriteError,
  MongoNetworkError,
  MongoServerSelectionError,
  MongoServerError,
  MongoNotConnectedError,
} = mongoose.mongo

// The disk is full, away, read-only, or this process has too many files open: nothing is wrong with the message.
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
  // Of network file systems.
  'ESTALE',
  'ETIMEDOUT',
  'ENOTCONN',
  'EHOSTDOWN',
  'EREMOTEIO',
])

/**
 * Whether an error says that the store, the broker or the disk is away, full or does not let us in, so that the same
 * work can succeed later: such work waits. Any other error says that this work fails: after some attempts it is parked.
 */
export function isOutage(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (isNotAuthorized(error)) return true
  if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) return true
  if (error instanceof MongoNotConnectedError || error instanceof mongoose.Error.MongooseServerSelectionError)
    return true
  // The driver makes whatever ends a bulk write into an error of this class, an outage too.
  if (error instanceof MongoBulkWriteError && isOutage(error.errorResponse)) return true
  if (error instanceof MongoServerError)
    return error.hasErrorLabel('RetryableWriteError') || passingRefusals.has(Number(error.code))
  if (error.name.startsWith('KafkaJS')) return (error as { type?: string }).type !== 'MESSAGE_TOO_LARGE'
  return 'code' in error && diskTroubles.has(String(error.code))
}

// https://github.com/mongodb/specifications/blob/master/source/server-discovery-and-monitoring: "not writable
// primary" and "node is recovering"; and 50, an operation that ran out of time.
const steppingDown = [50, 91, 189, 10107, 11600, 11602, 13435, 13436]
// Unauthorized and AuthenticationFailed: somebody changed our user, and the message is not to blame.
const notLetIn = [13, 18]
const passingRefusals = new Set([...steppingDown, ...notLetIn])

/** The pause before attempt `n` (from 1): 0.1 s, doubling up to 10 s, some of it by chance so that many don't meet. */
export function backoff(n: number): number {
  return Math.min(10_000, 100 * 2 ** Math.min(n - 1, 7)) * (0.75 + Math.random() / 4)
}

/**
 * Does something again until no outage prevents it, for as long as it takes.
 * @param what names it in the log, as in "publishing events"
 * @param options.onWait called with each outage, before the pause
 * @throws what `attempt` throws when that is not an outage; AbortError when `signal` ends the waiting
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
      if (!isOutage(error)) throw error
      const reason = waiting.failed(error as Error, n)
      onWait?.(reason)
      await sleep(backoff(n), undefined, signal === undefined ? {} : { signal })
    }
  }
}
