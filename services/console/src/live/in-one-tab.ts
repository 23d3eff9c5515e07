type Run = (signal: AbortSignal) => Promise<unknown>

/**
 * Runs something in one of the tabs of this browser: when that tab is closed, in another one. A page without TLS has no locks, so there
 * each tab runs it, but only while it is visible: hidden tabs with a connection each would soon have all that a browser opens to a server.
 * @param name the same in all tabs
 * @param run ends when its signal aborts
 */
export const inOneTab = (name: string, run: Run, signal: AbortSignal): Promise<unknown> =>
  hasLocks() ? navigator.locks.request(name, { signal }, () => run(signal)) : whileVisible(run, signal)

/** Whether what one tab reads is for all tabs. */
export const hasLocks = (): boolean => 'locks' in navigator

async function whileVisible(run: Run, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await becomes('visible', signal)
    const stop = new AbortController()
    const hidden = becomes('hidden', signal).then(() => stop.abort())
    try {
      await run(stop.signal)
    } catch (error) {
      if (!stop.signal.aborted) throw error
    }
    await hidden
  }
}

/** Waits until the page is visible, or hidden, or until the signal aborts. */
function becomes(state: DocumentVisibilityState, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const look = () => {
    if (signal.aborted || document.visibilityState === state) resolve()
  }
  document.addEventListener('visibilitychange', look)
  signal.addEventListener('abort', look)
  look()
  return promise.finally(() => {
    document.removeEventListener('visibilitychange', look)
    signal.removeEventListener('abort', look)
  })
}
