/** The pause of a loop that looks for what other processes have left. */
export interface GrowingPause {
  /** Milliseconds from one look to the next. */
  ms: () => number
  /** There is work: the pause is the shortest again. Returns whether it was longer, and a loop that rests has to be woken. */
  shorten: () => boolean
  /** A look found nothing: the pause becomes as long as there has been no work, within its bounds. */
  lengthen: () => void
  /** A look found work, or nothing. */
  looked: (found: boolean) => void
}

/** How many times as long as the shortest pause the longest is. */
const GROWTH = 6

/**
 * Makes the pause of a loop that rests while there is no work. What another process leaves meanwhile is found after the longest
 * pause at the latest.
 * @param shortest milliseconds; the longest pause is six times as long
 */
export function growingPause(shortest: number): GrowingPause {
  let [workedAt, pause] = [performance.now(), shortest]
  const made: GrowingPause = {
    ms: () => pause,
    shorten() {
      const wasLonger = pause > shortest
      workedAt = performance.now()
      pause = shortest
      return wasLonger
    },
    lengthen() {
      pause = Math.min(GROWTH * shortest, Math.max(shortest, performance.now() - workedAt))
    },
    looked(found) {
      if (found) made.shorten()
      else made.lengthen()
    },
  }
  return made
}
