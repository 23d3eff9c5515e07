const BEAT_MS = 1000

/**
 * Awaits work that sends no heartbeats itself, and sends one each second.
 * @throws the error of a heartbeat, once the work has ended: a retry must not run at the same time
 */
export async function whileBeating<T>(work: Promise<T>, heartbeat: () => Promise<void>): Promise<T> {
  let beats = Promise.resolve()
  const timer = setInterval(() => {
    beats = beats.then(heartbeat)
    // The error is thrown below. Until then it must not count as unhandled.
    beats.catch(() => undefined)
  }, BEAT_MS)
  try {
    return await work
  } finally {
    clearInterval(timer)
    await beats
  }
}
