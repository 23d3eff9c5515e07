/**
 * Makes a function that reads, or reads once more when the reading that runs has ended. So what changes faster than it can be read is
 * shown nevertheless.
 * @param signal ends it
 */
export function oneAtATime(read: () => Promise<void>, signal: AbortSignal): () => void {
  let isRunning = false
  let isAsked = false
  const run = async () => {
    isRunning = true
    while (isAsked && !signal.aborted) {
      isAsked = false
      await read()
    }
    isRunning = false
  }
  return () => {
    isAsked = true
    if (isRunning) return
    run().catch(error => {
      isRunning = false
      if (!signal.aborted) reportError(error)
    })
  }
}
