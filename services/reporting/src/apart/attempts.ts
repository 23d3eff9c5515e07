/** How many attempts a log gets, outages not counted. */
export const ATTEMPTS_APART = 8

const MIN_PAUSE_MS = 2000
const MAX_PAUSE_MS = 120_000

/**
 * When the next attempt is due after `attempts` have failed: 2 seconds later, then twice as much, up to 2 minutes; 4 minutes in
 * all. A random part keeps logs that failed together from being tried together.
 */
export function nextAttempt(attempts: number): Date {
  const pause = Math.min(MAX_PAUSE_MS, MIN_PAUSE_MS * 2 ** (attempts - 1))
  return new Date(Date.now() + pause * (0.75 + Math.random() / 4))
}

/** When the first attempt apart is due: at once for a large log, which nobody has tried. */
export const firstAttempt = (error: Error | undefined): Date =>
  error === undefined ? new Date() : nextAttempt(1)
