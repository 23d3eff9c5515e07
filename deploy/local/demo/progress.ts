const EVERY_MS = 2_000

/** Does something, and reports every two seconds how far it is, and at the end, each time with the time it has taken. */
export async function showingProgress<T>(
  report: (line: string) => void,
  progress: () => string,
  work: () => Promise<T>,
): Promise<T> {
  const began = Date.now()
  const show = () => report(`  ${progress()} (${((Date.now() - began) / 1000).toFixed(1)} s)`)
  const timer = setInterval(show, EVERY_MS)
  try {
    const done = await work()
    show()
    return done
  } finally {
    clearInterval(timer)
  }
}
