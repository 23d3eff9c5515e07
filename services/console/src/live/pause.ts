/** Waits; less long when the browser says that it is connected again, or when the signal aborts. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = window.setTimeout(resolve, ms)
  window.addEventListener('online', () => resolve(), { once: true, signal })
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise.finally(() => window.clearTimeout(timer))
}
