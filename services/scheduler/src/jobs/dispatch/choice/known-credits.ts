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
  sent: (sends: Sends) => readonly Credit[]
  /**
   * Notes what is about to be stored as sent. A read of the store meanwhile may not count it, so it is taken off the result.
   * @returns a function to call when it is stored, or will not be
   */
  reserve: (sends: Sends) => () => void
}

type Sends = Parameters<typeof afterSends>[1]

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
  const reserved = new Set<Sends>()
  // All that was reserved at some time during the read that is running.
  let duringRead = new Set<Sends>()
  const isKnown = () => clock() < until && known.every(({ free }) => free > 0)
  return {
    async get(brokerNow, again) {
      if (!again && isKnown()) return { credits: known, isFresh: false }
      duringRead = new Set(reserved)
      const found = await read(brokerNow)
      known = afterSends(found, [...duringRead].flat())
      until = clock() + KEEP_MS
      // With a reservation, a free slot may not be among them.
      return { credits: known, isFresh: duringRead.size === 0 }
    },
    now: () => ({ credits: isKnown() ? known : [], isAgeing: clock() >= until - KEEP_MS / 2 }),
    sent(sends) {
      known = afterSends(known, sends)
      return known
    },
    reserve(sends) {
      reserved.add(sends)
      duringRead.add(sends)
      known = afterSends(known, sends)
      return () => reserved.delete(sends)
    },
  }
}
