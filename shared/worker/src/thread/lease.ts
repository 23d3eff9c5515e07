/** Whether the scheduler may have given the attempts of a worker to others. */
export interface Lease {
  /** A beat was acknowledged. @param sentAt when its sending began, by the monotonic clock in milliseconds */
  held: (sentAt: number) => void
  /** Returns true once for each time that no beat was acknowledged for a whole lease. */
  lapses: (now: number) => boolean
}

/** @param leaseMs how long the scheduler lets a worker keep its attempts without a beat, in milliseconds */
export function openLease(leaseMs: number): Lease {
  let last: number | undefined
  return {
    held(sentAt) {
      last = sentAt
    },
    lapses(now) {
      if (last === undefined || now - last < leaseMs) return false
      last = undefined
      return true
    },
  }
}
