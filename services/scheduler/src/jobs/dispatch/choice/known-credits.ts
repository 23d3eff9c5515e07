import { afterSends, type Credit } from './credit.ts'

// For how many milliseconds credits are known: a worker that stops or comes meanwhile is noticed as much later.
const KEEP_MS = 50

/** The credits of all workers. They are read from the store, and known for a moment as long as every worker has free slots. */
export interface KnownCredits {
  /** @param brokerNow milliseconds by the broker's clock */
  get: (brokerNow: number) => Promise<{ credits: readonly Credit[]; isFresh: boolean }>
  /** Notes what was sent. @returns the credits that are left */
  sent: (sent: Parameters<typeof afterSends>[1]) => readonly Credit[]
  /** The next credits are read again. */
  forget: () => void
}

/**
 * @param read reads the credits from the store
 * @param clock milliseconds of a clock that never goes back
 */
export function makeKnownCredits(
  read: (brokerNow: number) => Promise<Credit[]>,
  clock: () => number = () => performance.now(),
): KnownCredits {
  let known: readonly Credit[] = []
  let until = Number.NEGATIVE_INFINITY
  return {
    async get(brokerNow) {
      if (clock() < until && known.every(({ free }) => free > 0)) return { credits: known, isFresh: false }
      known = await read(brokerNow)
      until = clock() + KEEP_MS
      return { credits: known, isFresh: true }
    },
    sent(sent) {
      known = afterSends(known, sent)
      return known
    },
    forget() {
      until = Number.NEGATIVE_INFINITY
    },
  }
}
