const INTERVAL_MS = 2_000

/** Does some work, and reports its progress and elapsed time every two seconds and at the end. */
export async function showingProgress<T>(
  report: (line: string) => void,
  progress: () => string,
  work: () => Promise<T>,
): Promise<T> {
  const began = Date.now()
  const show = () => report(`  ${progress()} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  const timer = setInterval(show, INTERVAL_MS)
  try {
    const done = await work()
    show()
    return done
  } finally {
    clearInterval(timer)
  }
}
