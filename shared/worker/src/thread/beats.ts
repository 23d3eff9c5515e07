import type { Logger } from 'pino'
import { startLoop } from '../../../src/async/loop.ts'
import { isOutage } from '../../../src/failures/outage.ts'
import type { Beat, Results } from '../attempts/results.ts'
import { monotonic } from '../handling/clock.ts'
import { openLease } from './lease.ts'
import { SIGN_OF_LIFE_MS, type ThreadData } from './messages.ts'

/** Beats in the time of a lease: some may get lost. */
const BEATS = 6
/** The most milliseconds until the next attempt after a beat that failed, and between two looks at the lease. */
const AGAIN_MS = 1000
/** Milliseconds for which a main thread may be busy without being called blocked. */
const BUSY_MS = 1000

export interface Beats {
  /** Sends a beat as soon as possible. */
  now: () => void
  /** Ends the regular beats and sends a last one. Rejects during an outage. */
  last: () => Promise<void>
}

interface Deps {
  results: Results
  /** Returns the next beat. */
  next: () => Beat
  leaseMs: number
  /** Called when no beat was acknowledged for a lease. */
  onLapse: () => void
  log: Logger
  fail: (error: Error) => void
}

/** Sends a beat at once, then six in the time of each lease. */
export function startBeats({ results, next, leaseMs, onLapse, log, fail }: Deps): Beats {
  const lease = openLease(leaseMs)
  const beatMs = leaseMs / BEATS
  const againMs = Math.min(AGAIN_MS, beatMs)
  const check = setInterval(() => {
    if (lease.lapses(monotonic())) onLapse()
  }, againMs)
  const beat = async () => {
    const sentAt = monotonic()
    try {
      await results.beat(next())
      lease.held(sentAt)
      return beatMs
    } catch (error) {
      if (!isOutage(error)) throw error
      log.debug({ err: error }, 'a beat was not acknowledged')
      return againMs
    }
  }
  const loop = startLoop(beat, fail)
  return {
    now: loop.wake,
    async last() {
      await loop.stop()
      clearInterval(check)
      await results.beat(next())
    },
  }
}

/** Returns for how many milliseconds the main thread has been blocked; 0 if it is only busy. */
export function blockedMs({ lastIdle }: Pick<ThreadData, 'lastIdle'>): number {
  const since = monotonic() - Number(Atomics.load(new BigInt64Array(lastIdle), 0)) - SIGN_OF_LIFE_MS
  return since < BUSY_MS ? 0 : Math.round(since)
}
