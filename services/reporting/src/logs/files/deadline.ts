/**
 * Makes the check of a time limit. It is called between calls of the system: a call that never returns cannot be ended.
 * @param timeLimit in milliseconds from now
 * @returns throws once the time is over
 */
export function deadline(timeLimit: number): () => void {
  const end = performance.now() + timeLimit
  return () => {
    if (performance.now() > end)
      throw new Error(
        `The files were not written within ${timeLimit / 1000} seconds (LOG_TIME_LIMIT_SECONDS)`,
      )
  }
}
