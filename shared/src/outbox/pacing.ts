// Milliseconds without progress after which nothing waits any more.
const NO_PROGRESS_MS = 1000

/** Delays new work while older work is done. */
export interface Pacing {
  /** A part of the older work was done: allows this much new work until the next part is done. */
  allow: (count: number) => void
  /** The older work is done: allows everything. */
  end: () => void
  /** Waits until new work is allowed, or until the older work makes no progress. */
  wait: (count: number) => Promise<void>
}

/** Makes a pacing that allows everything until the first part of older work is done. */
export function makePacing(): Pacing {
  let allowed = Number.POSITIVE_INFINITY
  let change = Promise.withResolvers<void>()

  function allow(count: number): void {
    allowed = count
    change.resolve()
    change = Promise.withResolvers()
  }
  const end = () => allow(Number.POSITIVE_INFINITY)
  return {
    allow,
    end,
    async wait(count) {
      while (allowed <= 0) {
        const timer = setTimeout(end, NO_PROGRESS_MS)
        await change.promise
        clearTimeout(timer)
      }
      allowed -= count
    },
  }
}
