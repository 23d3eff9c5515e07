import { afterSends, type Credit } from './credit.ts'

// For how many milliseconds credits are known: a worker that stops or comes meanwhile is noticed as much later.
const KEEP_MS = 250

/** The credits of all workers. They are read from the store, and known for a moment as long as every worker has free slots. */
export interface KnownCredits {
  /**
   * @param brokerNow milliseconds by the broker's clock
   * @param again reads them, although they are known
   */
  get: (brokerNow: number, again: boolean) => Promise<{ credits: readonly Credit[]; isFresh: boolean }>
  /** The known ones; none when they must be read first. `isAgeing`: read them again soon. */
  now: () => { credits: readonly Credit[]; isAgeing: boolean }
  /** Notes what was sent. @returns the credits that are left */
  sent: (sent: Parameters<typeof afterSends>[1]) => readonly Credit[]
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
  const isKnown = () => clock() < until && known.every(({ free }) => free > 0)
  return {
    async get(brokerNow, again) {
      if (!again && isKnown()) return { credits: known, isFresh: false }
      known = await read(brokerNow)
      until = clock() + KEEP_MS
      return { credits: known, isFresh: true }
    },
    now: () => ({ credits: isKnown() ? known : [], isAgeing: clock() >= until - KEEP_MS / 2 }),
    sent(sent) {
      known = afterSends(known, sent)
      return known
    },
  }
}
